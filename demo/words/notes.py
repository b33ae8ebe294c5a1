"""Texts of what the Train tab shows of data before it learns from them, and of what was wrong with a wish."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "live_reals": "[[real|Real]] pictures to learn from",
        "live_reals_text": "[[real|Real]] pairs to learn from: what is read → what is to be written",
        "live_reals_rows": "[[real|Real]] rows to learn from",
        "live_reals_count": "{count} pictures",
        "live_reals_count_text": "{count} pairs",
        "live_reals_count_rows": "{count} rows",
        "live_reals_classes": "{count} pictures in {classes} classes",
        "live_reals_classes_rows": "{count} rows in {classes} classes",
        "live_skipped": "Not used, or worth knowing ({count}):",
        "live_reading": "Reading the data ...",
        "live_unanswered": (
            "There was no answer to this. Check the connection and try again; "
            "very many pictures belong in one zip."
        ),
        "live_seconds": "A training takes {least} to {most} seconds.",
        "live_too_large": "These files have more than {most} MB together: choose fewer or smaller ones.",
        "live_more": "and {count} more",
        "live_licence": "Licence: {licence}",
    },
    "zh-CN": {
        "live_reals": "要学习的[[real|真实]]图片",
        "live_reals_text": "要学习的[[real|真实]]文字：读什么 → 应写什么",
        "live_reals_rows": "要学习的[[real|真实]]数据行",
        "live_reals_count": "{count} 张图片",
        "live_reals_count_text": "{count} 对",
        "live_reals_count_rows": "{count} 行",
        "live_reals_classes": "{count} 张图片，{classes} 个类别",
        "live_reals_classes_rows": "{count} 行，{classes} 个类别",
        "live_skipped": "未使用或需要注意（{count}）：",
        "live_reading": "正在读取数据……",
        "live_unanswered": "没有收到回应。请检查网络后重试；图片很多时，请放进一个 zip。",
        "live_seconds": "训练时间须为 {least} 到 {most} 秒。",
        "live_too_large": "这些文件共超过 {most} MB：请选少一些或小一些的文件。",
        "live_more": "以及另外 {count} 个",
        "live_licence": "许可：{licence}",
    },
}
