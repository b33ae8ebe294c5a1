"""Texts of the canvas on pins and on what a map can show; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_who": "Pixel {x}, {y}",
        "canvas_who_pin": "Pin {number} (pixel {x}, {y})",
        "canvas_who_mean": "The mean of {count} pins",
        "canvas_pins": "Pins",
        "canvas_pin": "Pin {number}: pixel {x}, {y}",
        "canvas_pin_active": "{number} · {x}, {y}",
        "canvas_pin_lift": "Lift pin {number}",
        "canvas_pin_add": "+ pin",
        "canvas_pin_adding": "choose a pixel …",
        "canvas_pin_mean": "mean",
        "canvas_mode_contribution": "What it receives",
        "canvas_mode_contribution_hint": (
            "Contribution: weight times the length of what the value carries into the picture's features. "
            "A large weight on a value of nothing brings nothing (Kobayashi et al. 2020)"
        ),
        "canvas_contribution_sentence": (
            "{who} receives most from the {region}, columns {left} to {right}, "
            "rows {top} to {bottom}: {share} of all it receives, {times} × the even share."
        ),
        "canvas_contribution_everywhere": (
            "{who} receives nearly alike from everywhere; a little more from the {region}, "
            "{times} × the even share."
        ),
        "canvas_contribution_nothing": "{who} receives nothing.",
        "canvas_contribution_missing": (
            "This moment was kept without what the values carry: choose the model as it is, or another mode."
        ),
    },
    "zh-CN": {
        "canvas_who": "像素 {x}, {y} ",
        "canvas_who_pin": "固定点 {number}（像素 {x}, {y}）",
        "canvas_who_mean": " {count} 个固定点的平均",
        "canvas_pins": "固定点",
        "canvas_pin": "固定点 {number}：像素 {x}, {y}",
        "canvas_pin_active": "{number} · {x}, {y}",
        "canvas_pin_lift": "移除固定点 {number}",
        "canvas_pin_add": "+ 固定点",
        "canvas_pin_adding": "请选择像素……",
        "canvas_pin_mean": "平均",
        "canvas_mode_contribution": "它得到什么",
        "canvas_mode_contribution_hint": (
            "贡献：权重乘以值带入图片特征的长度。权重再大，值为零也带不来什么（Kobayashi 等，2020）"
        ),
        "canvas_contribution_sentence": (
            "{who}从{region}得到最多，第 {left} 至 {right} 列、第 {top} 至 {bottom} 行："
            "占其所得的 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_contribution_everywhere": "{who}几乎均匀地得自各处；{region}稍多，是均匀时的 {times} 倍。",
        "canvas_contribution_nothing": "{who}什么也没有得到。",
        "canvas_contribution_missing": "此刻保存时没有记录值所带的内容：请选择当前模型，或换一种模式。",
    },
}
