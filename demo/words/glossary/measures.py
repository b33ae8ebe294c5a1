"""Terms of what is measured of the drawn pictures."""

from demo.words.glossary.entry import Entry

TERMS: dict[str, dict[str, Entry]] = {
    "en": {
        "fd": Entry(
            "FD (Frechet distance)",
            "How far the drawn pictures lie from the real ones, taken as two clouds: their middles and their "
            "widths. 0 is best.",
            "middles at [0.5] and [0.5], as wide: 0\nmiddles at [0.1] and [0.9]: far",
        ),
        "kd": Entry(
            "KD (kernel distance)",
            "How much more alike real pictures are to each other than to drawn ones. 0 is best; it is fair "
            "to few pictures.",
            "real [0.5], drawn [0.5]: 0\nreal [0.1], drawn [0.9]: large",
        ),
        "precision": Entry(
            "precision",
            "The share of drawn pictures that look like some real one. 1 is best.",
            "two drawn, one of them like a real one: [1] [0] → 0.5",
        ),
        "recall": Entry(
            "recall",
            "The share of real pictures that look like some drawn one: variety. 1 is best.",
            "two real, both of them like a drawn one: [1] [1] → 1",
        ),
        "coverage": Entry(
            "coverage",
            "The share of real pictures with a drawn one near: variety, hardly moved by a single odd "
            "picture. 1 is best.",
            "two real, a drawn one near one of them: [1] [0] → 0.5",
        ),
        "variety": Entry(
            "variety",
            "How much drawn pictures differ from each other: 1 as much as real ones, 0 all the same.",
            "real [0.1] [0.9], drawn [0.3] [0.7]: half as far apart, 0.5",
        ),
        "newness": Entry(
            "newness",
            "How far a drawn picture lies from the nearest real one: 0 is a copy, 1 as new as real ones are "
            "to each other.",
            "real [0.3], drawn [0.3]: 0, a copy",
        ),
        "agreement": Entry(
            "agreement",
            "The share of pictures whose two far-apart shapes agree in colour and kind. 1 is best.",
            "[0.9] [0.9] agree\n[0.9] [0.2] do not",
        ),
    },
    "zh-CN": {
        "fd": Entry(
            "FD（弗雷歇距离）",
            "把画出的图片和真实图片看作两团云，它们相距多远：比较中心和宽度。0 最好。",
            "中心在 [0.5] 与 [0.5]，一样宽：0\n中心在 [0.1] 与 [0.9]：很远",
        ),
        "kd": Entry(
            "KD（核距离）",
            "真实图片彼此之间，比它们与画出的图片之间更相像多少。0 最好；图片少时也公平。",
            "真 [0.5]，画 [0.5]：0\n真 [0.1]，画 [0.9]：很大",
        ),
        "precision": Entry(
            "精确率",
            "画出的图片中，像某张真实图片的所占的份额。1 最好。",
            "画了两张，其中一张像真的：[1] [0] → 0.5",
        ),
        "recall": Entry(
            "召回率",
            "真实图片中，像某张画出图片的所占的份额：多样性。1 最好。",
            "两张真的，都像某张画的：[1] [1] → 1",
        ),
        "coverage": Entry(
            "覆盖率",
            "附近有画出图片的真实图片所占的份额：多样性，几乎不受个别怪图影响。1 最好。",
            "两张真的，其中一张附近有画的：[1] [0] → 0.5",
        ),
        "variety": Entry(
            "多样性",
            "画出的图片彼此差别多大：1 与真实图片一样，0 全都一样。",
            "真 [0.1] [0.9]，画 [0.3] [0.7]：差别是一半，0.5",
        ),
        "newness": Entry(
            "新颖度",
            "画出的图片离最近的真实图片多远：0 是照抄，1 与真实图片彼此之间一样新。",
            "真 [0.3]，画 [0.3]：0，照抄",
        ),
        "agreement": Entry(
            "一致率",
            "两个相距很远的形状在颜色和种类上一致的图片所占的份额。1 最好。",
            "[0.9] [0.9] 一致\n[0.9] [0.2] 不一致",
        ),
    },
}
