"""Texts about a training of one's own, in both tabs."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "own_name": "Name of this training",
        "own_rename": "Rename",
        "own_delete": "Delete",
        "own_sure": "Delete it with its pictures",
        "own_spare": "Keep it",
    },
    "zh-CN": {
        "own_name": "这次训练的名称",
        "own_rename": "重命名",
        "own_delete": "删除",
        "own_sure": "连同图片一起删除",
        "own_spare": "保留",
    },
}
