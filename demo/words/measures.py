"""The measures of a model on the page: names and meanings of attngan.vocabulary, and the same in Chinese."""

from attngan.vocabulary import MEASURES

_SCENES = {
    key: (f"全部属实率：{what}", f"{which}的图片中，说明文字所说的全都画对、且没有多画的比例。")
    for key, what, which in (
        ("all_one", "一个物体", "该画一个物体"),
        ("all_two", "两个物体", "该画两个物体"),
        ("held_out_one", "一个新物体", "该画一个物体、且它的形状从没有过这种颜色"),
        ("held_out_two", "两个物体，含新物体", "该画两个物体、且至少一个的形状从没有过这种颜色"),
    )
}
_WORDS = {
    f"iou_{word}_{network}{key}": (
        f"交并比：{of}词，{name}{where}",
        f"{cells.format(of=of)}，与{thing}的格子的重叠（交并比）。",
    )
    for word, of in (("colour", "颜色"), ("shape", "形状"), ("size", "大小"))
    for network, name, cells in (
        ("generator", "生成器", "画对的图片中，看说明文字的{of}词最多的格子"),
        ("discriminator", "判别器", "真实图片中，说明文字的{of}词看得最多的格子"),
    )
    for key, where, thing in (("", "", "它所说的物体"), ("_other", "，另一物体", "另一物体"))
}
_CHINESE: dict[str, tuple[str, str]] = {
    "fd": (
        "FD",
        "弗雷歇距离：在我们自己的小型特征网络看来，生成的图片离真实图片有多远。"
        "真实图片彼此相比接近 0，图片少时偏高。",
    ),
    "kd": ("KD", "核距离：与 FD 问的相同，但对少量图片公平。真实图片彼此相比为 0；略低于 0 属于偶然。"),
    "precision": ("精确率", "生成的图片中像某张真实图片的比例。真实图片彼此相比略低于 1。"),
    "recall": ("召回率", "真实图片中像某张生成图片的比例，即多样性。真实图片彼此相比略低于 1。"),
    "coverage": (
        "覆盖率",
        "附近有生成图片的真实图片的比例，即多样性，不受个别异常影响。真实图片彼此相比略低于 1。",
    ),
    "memorisation": (
        "新颖度",
        "到最近的训练图片的距离，除以训练图片彼此间的距离。"
        "0 是照抄，1 与训练图片彼此间一样新，远大于 1 则不像其中任何一张。",
    ),
    "variety": ("多样性", "生成图片彼此间的平均距离，除以真实图片彼此间的平均距离。0 表示总是同一张图片。"),
    "agreement": (
        "一致率",
        "两个相距很远的形状在颜色和种类上都一致的图片比例，精确计数。真实图片为 1，左右随机配对为 0.04。",
    ),
    "mirror": ("镜像率", "与镜像格子一致的格子比例，精确计数。真实图片为 1，左右随机配对为 0.5。"),
    "all_facts": (
        "全部属实率",
        "说明文字所说的全都画对、且没有多画的图片比例，精确计数。其中一半要求的颜色是该形状从没有过的。",
    ),
    "near": ("到位率", "离规则所定位置不超过三个标准差的点的比例。真实的点为 0.99。"),
    "modes": ("找到的位置", "有多少个位置至少得到了应得点数的五分之一。"),
    "along": ("曲线覆盖率", "三个标准差之内有点的那部分曲线的比例。"),
    "two_sample": (
        "双样本准确率",
        "两个分类器中较好的一个，能分辨生成的行与从没学过的行的比例。一半即是瞎猜：谁也分不出来。",
    ),
    "correlation_error": ("相关误差", "生成的行与从没学过的行，各列相关系数之差的平均值。"),
    "copying": ("与学过的行的距离", "生成的行到最近的学过的行的距离，除以从没学过的行的同一距离。0 是照抄。"),
    "exact": ("完全正确率", "学过的文字中，写出的每个字符都正确的比例。"),
    "exact_held_out": ("完全正确率（没学过的）", "从没学过的文字中，写出的每个字符都正确的比例。"),
    "alignment": ("对齐率", "看得最多的字符，恰好是所写字符的来源的比例。"),
    "blocked_true_span": (
        "遮住来源后的正确率",
        "不许看各自的来源时，仍写对的字符比例。注意力图若说了真话，就所剩无几。",
    ),
    "blocked_others": (
        "遮住别处后的正确率",
        "不许看同样多的其他字符时，仍写对的字符比例。注意力图若说了真话，就几乎不变。",
    ),
    **_SCENES,
    "swap_obeyed": ("换词听从率", "噪声不变，换掉一个颜色词后，物体的数目和颜色恰如说明文字的图片比例。"),
    "swap_outside": (
        "换词波及率",
        "换掉一个颜色词后，在两张图都画对的情况下，变色物体以外的像素中有明显变化的比例。",
    ),
    **_WORDS,
    "iou_uniform": ("交并比：随机", "同样多的随机格子与物体的格子的重叠，用来对比。"),
    "iou_centre": ("交并比：中央", "同样多的中央格子与物体的格子的重叠，用来对比。"),
}

WORDS: dict[str, dict[str, str]] = {
    "en": {f"measure_{key}": MEASURES[key].title for key in _CHINESE}
    | {f"explain_measure_{key}": MEASURES[key].meaning for key in _CHINESE},
    "zh-CN": {
        f"measure_{key}": f"{name} {MEASURES[key].better}".rstrip() for key, (name, _) in _CHINESE.items()
    }
    | {f"explain_measure_{key}": meaning for key, (_, meaning) in _CHINESE.items()},
}
