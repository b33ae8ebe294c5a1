"""Texts of the page around the tabs."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "page_explore": "Explore",
        "page_train": "Train",
        "page_intro": (
            "# Attention, live\n"
            "A network drew these from noise. Touch one: where did it look? Or train your own."
        ),
    },
    "zh-CN": {
        "page_explore": "探索",
        "page_train": "训练",
        "page_intro": (
            "# 看得见的注意力\n这些图片由网络从噪声画出。触碰图片，看它当时看向哪里；也可以训练自己的网络。"
        ),
    },
}
