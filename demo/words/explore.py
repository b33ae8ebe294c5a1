"""Texts of the Explore tab."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "explore_model": "Model",
        "explore_hard_emoji": "emoji\nhard",
        "explore_seed": "Noise (seed)",
        "explore_seed_info": "The same number draws the same pictures",
        "explore_noise": "New noise",
        "explore_class": "Class",
        "explore_every_class": "all in turn",
        "explore_text": "Text",
        "explore_rows": "Points and tables",
        "explore_text_info": "Drawn as you type. Left empty, the model shows its own examples",
        "explore_offer": "Open a model with attention",
        "explore_no_model": "There is no model here yet: train one, or run `python -m attngan train`.",
    },
    "zh-CN": {
        "explore_model": "模型",
        "explore_hard_emoji": "表情符号\n较难",
        "explore_seed": "噪声（种子）",
        "explore_seed_info": "数字相同，画出的图片就相同",
        "explore_noise": "换一批噪声",
        "explore_class": "类别",
        "explore_every_class": "依次全部",
        "explore_text": "文字",
        "explore_rows": "点与表格",
        "explore_text_info": "边输入边生成；留空时，模型展示自己的示例",
        "explore_offer": "打开一个有注意力的模型",
        "explore_no_model": "这里还没有模型：请先训练一个，或运行 `python -m attngan train`。",
    },
}
