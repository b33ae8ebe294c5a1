"""Texts of the test whether a map tells the truth; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "truth_title": "Does the map tell the truth?",
        "truth_about": (
            "Single cells are forbidden to look at what the map calls important, then at as many random "
            "cells, then at the nearest ones. A true map costs them the most."
        ),
        "truth_ask": "Test layer {layer}",
        "truth_caption": "How far the cell's own pixels move, of 255",
        "truth_most": "{count} most attended",
        "truth_random": "{count} random",
        "truth_nearest": "{count} nearest",
        "truth_picture": "The whole picture moves by {change} of 255",
        "truth_verdict_true": (
            "Yes: without what the map shows, pixels move {times} times as far as without random cells "
            "(farther in {share} of {trials} trials)."
        ),
        "truth_verdict_near": (
            "Only in part: what lies near counts for more than what the map shows ({trials} trials)."
        ),
        "truth_verdict_false": (
            "No: what the map shows counts hardly more than random cells do "
            "({times} times as far, farther in {share} of {trials} trials)."
        ),
        "truth_verdict_unused": "There is nothing to tell: no pixel moves, whatever is forbidden.",
    },
    "zh-CN": {
        "truth_title": "这张图说的是真话吗？",
        "truth_about": (
            "禁止单个格子看图中认为重要的地方，再禁止同样多的随机格子，再禁止最近的格子。真实的图应当损失最"
            "大。"
        ),
        "truth_ask": "检验 {layer}层",
        "truth_caption": "该格子自己的像素移动多少（满值 255）",
        "truth_most": "最受关注的 {count} 个",
        "truth_random": "随机 {count} 个",
        "truth_nearest": "最近的 {count} 个",
        "truth_picture": "整张图片移动 {change}（满值 255）",
        "truth_verdict_true": (
            "是：去掉图中所示，像素的移动是去掉随机格子时的 {times} 倍（{trials} 次试验中有 {share} 更大）。"
        ),
        "truth_verdict_near": "只对了一部分：邻近之处比图中所示更重要（{trials} 次试验）。",
        "truth_verdict_false": (
            "否：图中所示并不比随机格子重要多少（{times} 倍，{trials} 次试验中有 {share} 更大）。"
        ),
        "truth_verdict_unused": "无从说起：无论禁止什么，像素都不动。",
    },
}
