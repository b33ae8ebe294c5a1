"""Texts of the canvas's Compare panel; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "compare_tab": "Compare",
        "compare_with": "The same noise, drawn by",
        "compare_off": "this model, its attention off",
        "compare_same": "Same data",
        "compare_others": "Other data",
        "compare_nobody": "There is no other model here. Train one, with attention or without, and compare.",
        "compare_past": "Only the model as it is can be compared: move the time to its end.",
        "compare_apart": "Each is measured against its own data, so these numbers do not compare.",
        "compare_real": "real",
        "explain_real": (
            "What real pictures read when one half is measured against the other: about the best there is. "
            "Few pictures alone raise FD, so a model may read less than its data."
        ),
        "compare_missing": "What the link wants to compare with is not here; this is the nearest.",
        "compare_this": "this",
        "compare_that": "the other",
        "compare_steps": "steps",
        "compare_steps_hint": "Steps of training: how often both networks were improved",
        "compare_seconds": "seconds",
        "compare_seconds_hint": "How long it was trained, on the machine that trained it",
    },
    "zh-CN": {
        "compare_tab": "对比",
        "compare_with": "同样的噪声，由谁来画",
        "compare_off": "此模型，关掉注意力",
        "compare_same": "同样的数据",
        "compare_others": "其他数据",
        "compare_nobody": "这里没有别的模型。训练一个有或没有注意力的模型，再来对比。",
        "compare_past": "只能对比当前模型：请把时间移到末尾。",
        "compare_apart": "每个模型都与自己的数据相比，因此这些数字不能互相比较。",
        "compare_real": "真实",
        "explain_real": (
            "真实图片一半与另一半相比时的读数，大约就是能达到的最好。"
            "图片少时 FD 偏高，因此模型的读数可能比真实数据更低。"
        ),
        "compare_missing": "链接要对比的对象不在这里；这是最接近的。",
        "compare_this": "这张",
        "compare_that": "另一张",
        "compare_steps": "步数",
        "compare_steps_hint": "训练步数：两个网络被改进了多少次",
        "compare_seconds": "秒数",
        "compare_seconds_hint": "在训练它的机器上训练了多久",
    },
}
