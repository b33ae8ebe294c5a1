"""Texts of the canvas's Effect panel: what attention does, and whether it helped; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "effect_tab": "Effect",
        "know_title": "Does attention matter here?",
        "know_about": (
            "This is how much the network depends on attention: all gates are shut and the same noise is "
            "drawn again. Whether attention made it a better network is another question, below."
        ),
        "know_past": "This is known of samples alone: move the time to its end, or choose one.",
        "know_table": "By layer and head",
        "know_unused": (
            "Attention is hardly used in this picture: without it, {moved} of the pixels move visibly."
        ),
        "know_mostly": "Attention moves {moved} of this picture's pixels, mostly at the {region} ({share}).",
        "know_everywhere": "Attention moves {moved} of this picture's pixels, in all of its regions.",
        "know_layer": "Layer {layer} does most.",
        "know_gate": "gate",
        "know_spread": "spread",
        "know_distance": "distance",
        "know_moved": "moves",
        "know_pixels": "{pixels} px",
        "know_even": "if even",
        "help_title": "Did it help?",
        "help_verdict_convolution_nothing": (
            "{answer}: in equal time, attention {convolution} a convolution with as many parameters, and "
            "{nothing} no block at all ({measure})."
        ),
        "help_verdict_pooled": (
            "{answer}: in equal time, attention to the text {pooled} a pooled twin with as many parameters, "
            "which hears the text only as a whole ({measure})."
        ),
        "help_verdict_perceptron": (
            "{answer}: in equal time, attention {perceptron} a perceptron with as many parameters "
            "({measure})."
        ),
        "help_yes": "Yes",
        "help_part": "In part",
        "help_no": "No",
        "help_unclear": "Not clearly",
        "help_than_better": "was better than",
        "help_than_worse": "was worse than",
        "help_than_unclear": "was not clearly better or worse than",
        "help_about": (
            "Measured on these data, not on this model: networks that differ in nothing else learnt for "
            "{seconds} seconds each, {runs} of every sort."
        ),
        "help_arm_attention": "attention",
        "help_arm_convolution": "convolution",
        "help_arm_nothing": "no block",
        "help_arm_pooled": "pooled twin",
        "help_arm_perceptron": "perceptron",
        "help_interval": "{mean} ± {half}",
        "help_document": "Read the study",
        "help_not_studied": "Nobody has measured it on these data.",
        "help_studied": (
            "It takes trainings with attention and without, on the same data and in equal time. That was "
            "done for: {data}."
        ),
        "explain_interval": (
            "Mean of the trainings and its 95 % interval (Student's t), which the line shows. The verdict "
            "compares attention with every other sort seed by seed."
        ),
    },
    "zh-CN": {
        "effect_tab": "作用",
        "know_title": "这里用到了注意力吗？",
        "know_about": (
            "这里说的是网络对注意力的依赖：关上所有门控，用同样的噪声重画。注意力是否让网络变得更好，是另一个问题，见下。"
        ),
        "know_past": "这里只针对当前模型的样本：请把时间移到末尾，或选择一个样本。",
        "know_table": "按层和头",
        "know_unused": "这张图片几乎没有用到注意力：去掉它，只有 {moved} 的像素有可见变化。",
        "know_mostly": "注意力改变了这张图片 {moved} 的像素，主要在{region}（{share}）。",
        "know_everywhere": "注意力改变了这张图片 {moved} 的像素，遍布各处。",
        "know_layer": "{layer}层作用最大。",
        "know_gate": "门控",
        "know_spread": "分散度",
        "know_distance": "距离",
        "know_moved": "改变",
        "know_pixels": "{pixels} 像素",
        "know_even": "均匀时",
        "help_title": "它有帮助吗？",
        "help_verdict_convolution_nothing": (
            "{answer}：在同样的时间内，与参数同样多的卷积相比，注意力{convolution}；与什么也不放相比，{nothing}（{measure}）。"
        ),
        "help_verdict_pooled": (
            "{answer}：在同样的时间内，与参数同样多、但只能听到整段文字的池化孪生网络相比，"
            "能看到文字各处的注意力{pooled}（{measure}）。"
        ),
        "help_verdict_perceptron": (
            "{answer}：在同样的时间内，与参数同样多的感知机相比，注意力{perceptron}（{measure}）。"
        ),
        "help_yes": "有",
        "help_part": "部分有",
        "help_no": "没有",
        "help_unclear": "不明显",
        "help_than_better": "更好",
        "help_than_worse": "更差",
        "help_than_unclear": "没有明显的好坏之分",
        "help_about": (
            "这是在这些数据上测得的，不是这个模型本身："
            "除此之外完全相同的网络各学习 {seconds} 秒，每种 {runs} 次。"
        ),
        "help_arm_attention": "注意力",
        "help_arm_convolution": "卷积",
        "help_arm_nothing": "无此模块",
        "help_arm_pooled": "池化孪生网络",
        "help_arm_perceptron": "感知机",
        "help_interval": "{mean} ± {half}",
        "help_document": "阅读这项研究",
        "help_not_studied": "在这些数据上还没有人测量过。",
        "help_studied": (
            "这需要在同样的数据上、用同样的时间，分别训练有注意力和没有注意力的网络。已经做过的有：{data}。"
        ),
        "explain_interval": (
            "各次训练的平均值及其 95 % 区间（学生 t 分布），即图中的线。"
            "结论是逐个种子把注意力与其他每一种相比得出的。"
        ),
    },
}
