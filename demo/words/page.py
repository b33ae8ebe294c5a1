"""Texts of the page around the tabs."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "page_explore": "Explore",
        "page_train": "Train",
        "page_intro": (
            "# Attention, live\n"
            "Watch an attention-GAN learn to draw, then touch any pixel and see where the generator looked."
        ),
    },
    "zh-CN": {
        "page_explore": "探索",
        "page_train": "训练",
        "page_intro": "# 看得见的注意力\n看注意力 GAN 学会画画，再触碰任意像素，看生成器当时看向了哪里。",
    },
}
