"""Texts of the tour over the explorer's controls; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "tour_name": "Tour",
        "tour_offer": "New here?",
        "tour_start": "Show me around",
        "tour_decline": "No, thanks",
        "tour_back": "Back",
        "tour_next": "Next",
        "tour_done": "Done",
        "tour_leave": "Leave",
        "tour_count": "{number} of {count}",
        "tour_picture": (
            "A network drew this from noise. Move over it: bright cells are where it looked when it drew "
            "the cell under your pointer. A click pins it."
        ),
        "tour_mode": "Turn the question round: who looks at this cell, what it receives, all layers at once.",
        "tour_maps": "Every layer and head has a map of its own. Click one to bring it onto the picture.",
        "tour_time": "Play the training: the pin stays, and its map forms before your eyes.",
        "tour_panels": (
            "Is it more than a pretty map? Edit what it may look at and see the picture change. "
            "Wander between samples, compare, and keep what you find."
        ),
        "tour_link": "A link shows exactly this view. Under Train, a network of your own learns in a minute.",
    },
    "zh-CN": {
        "tour_name": "导览",
        "tour_offer": "第一次来？",
        "tour_start": "带我看看",
        "tour_decline": "不用了",
        "tour_back": "上一步",
        "tour_next": "下一步",
        "tour_done": "完成",
        "tour_leave": "离开",
        "tour_count": "{number} / {count}",
        "tour_picture": (
            "这是网络从噪声画出来的。在上面移动：亮的格子是它画指针下的格子时看向的地方。点击可固定。"
        ),
        "tour_mode": "换个问法：谁在看这个格子，它得到什么，或一次看所有层。",
        "tour_maps": "每一层、每个头都有自己的图。点击一张，把它放到图片上。",
        "tour_time": "播放训练过程：固定点不动，它的图在你眼前形成。",
        "tour_panels": "它不只是好看的图吗？编辑它可以看哪里，看图片如何改变。还可以漫游、对比、保存。",
        "tour_link": "链接可重现这个视图。在“训练”中，一分钟就能训练你自己的网络。",
    },
}
