"""Texts of the canvas's Compare panel; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "compare_tab": "Compare",
        "compare_with": "The same noise, drawn by",
        "compare_off": "this model without attention",
        "compare_other": "The other picture; it follows the same pointer and keys",
        "compare_missing": "What the link wants to compare with is not here; this is the nearest.",
        "compare_this": "this",
        "compare_that": "the other",
        "compare_layer": "layer {layer}, most {most}",
        "compare_no_map": "It has no map: it was trained without attention, or nothing is pointed at.",
        "compare_steps": "steps",
        "compare_steps_hint": "[[step|Steps]] of training: how often both networks were improved",
        "compare_seconds": "seconds",
        "compare_seconds_hint": "How long it was trained, on the machine that trained it",
        "compare_fd": "FD",
        "compare_fd_hint": "[[fd|Frechet distance]]: how far its pictures lie from real ones; 0 is best",
        "compare_kd": "KD",
        "compare_kd_hint": "[[kd|Kernel distance]]: the same question, fair to few pictures; 0 is best",
        "compare_precision": "precision",
        "compare_precision_hint": (
            "[[precision|Precision]]: share of its pictures that look like some real one; 1 is best"
        ),
        "compare_recall": "recall",
        "compare_recall_hint": (
            "[[recall|Recall]]: share of real pictures that look like some of its own; 1 is best"
        ),
        "compare_coverage": "coverage",
        "compare_coverage_hint": (
            "[[coverage|Coverage]]: share of real pictures with one of its own near; 1 is best"
        ),
        "compare_memorisation": "newness",
        "compare_memorisation_hint": (
            "[[newness|Newness]]: distance to the nearest training picture: 0 is copying, 1 as new as these "
            "are to each other"
        ),
        "compare_agreement": "agreement",
        "compare_agreement_hint": (
            "[[agreement|Agreement]]: share of pictures whose two far-apart shapes agree, counted; 1 is best"
        ),
    },
    "zh-CN": {
        "compare_tab": "对比",
        "compare_with": "同样的噪声，由谁来画",
        "compare_off": "没有注意力的此模型",
        "compare_other": "另一张图片；跟随同样的指针和按键",
        "compare_missing": "链接要对比的对象不在这里；这是最接近的。",
        "compare_this": "这张",
        "compare_that": "另一张",
        "compare_layer": "{layer}层，最大 {most}",
        "compare_no_map": "它没有注意力图：训练时没有注意力，或没有指向任何像素。",
        "compare_steps": "步数",
        "compare_steps_hint": "训练[[step|步]]数：两个网络被改进了多少次",
        "compare_seconds": "秒数",
        "compare_seconds_hint": "在训练它的机器上训练了多久",
        "compare_fd": "FD",
        "compare_fd_hint": "[[fd|弗雷歇距离]]：它的图片离真实图片多远；0 最好",
        "compare_kd": "KD",
        "compare_kd_hint": "[[kd|核距离]]：同样的问题，对少量图片公平；0 最好",
        "compare_precision": "精确率",
        "compare_precision_hint": "[[precision|精确率]]：它的图片中像某张真实图片的比例；1 最好",
        "compare_recall": "召回率",
        "compare_recall_hint": "[[recall|召回率]]：真实图片中像它某张图片的比例；1 最好",
        "compare_coverage": "覆盖率",
        "compare_coverage_hint": "[[coverage|覆盖率]]：附近有它的图片的真实图片比例；1 最好",
        "compare_memorisation": "新颖度",
        "compare_memorisation_hint": (
            "[[newness|新颖度]]：到最近训练图片的距离：0 是复制，1 与训练图片彼此之间一样新"
        ),
        "compare_agreement": "一致率",
        "compare_agreement_hint": "[[agreement|一致率]]：两个相距很远的形状一致的图片比例，精确计数；1 最好",
    },
}
