"""Texts of the canvas's Wander panel; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "wander_tab": "Wander",
        "wander_truncation": "[[truncation|Truncation]]: how far the noise may go",
        "wander_truncation_hint": (
            "[[truncation|Truncation]] scales the noise: below 1 safer and less varied, above 1 stranger"
        ),
        "wander_way": "From one sample to another",
        "wander_way_about": "Sixteen pictures, drawn from the noise on the way between the two.",
        "wander_way_about_places": "Sixteen of them, drawn from the noise on the way between the two.",
        "wander_past": "Ways and neighbours are those of the model as it is: move the time to its end.",
        "wander_learnt_about": "The training pictures most like this sample: did it learn one by heart?",
        "wander_from": "sample {number} →",
        "wander_to": "The sample to go to",
        "wander_sample": "sample {number}",
        "wander_go": "Go",
        "wander_at": "{from} → {to}: {share}",
        "wander_learnt": "What it learnt from",
        "wander_nearest": "Nearest training pictures",
        "wander_learnt_picture": "Training picture, number {number} by nearness",
        "wander_distance_hint": (
            "Distance in the features of the metrics: near 0 a copy, 1 as far as training pictures lie apart"
        ),
    },
    "zh-CN": {
        "wander_tab": "漫游",
        "wander_truncation": "[[truncation|截断]]：噪声可以走多远",
        "wander_truncation_hint": "[[truncation|截断]]缩放噪声：小于 1 更稳妥、变化更少，大于 1 更奇特",
        "wander_way": "从一个样本走到另一个",
        "wander_way_about": "十六张图片，画自两者之间的噪声。",
        "wander_way_about_places": "十六个，画自两者之间的噪声。",
        "wander_past": "路径和最近的图片都属于当前模型：请把时间移到末尾。",
        "wander_learnt_about": "与这个样本最像的训练图片：它是不是背下了某一张？",
        "wander_from": "样本 {number} →",
        "wander_to": "要走到的样本",
        "wander_sample": "样本 {number}",
        "wander_go": "出发",
        "wander_at": "{from} → {to}：{share}",
        "wander_learnt": "它学自什么",
        "wander_nearest": "最接近的训练图片",
        "wander_learnt_picture": "训练图片，按接近程度第 {number}",
        "wander_distance_hint": "度量特征中的距离：接近 0 是复制，1 等于训练图片之间的距离",
    },
}
