"""Texts of the canvas on pins and on what a map can show; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_who": "Pixel {x}, {y}",
        "canvas_who_pin": "Pin {number} (pixel {x}, {y})",
        "canvas_who_mean": "The mean of {count} pins",
        "canvas_pins": "Pins",
        "canvas_pin": "Pin {number}: pixel {x}, {y}",
        "canvas_pin_active": "pin {number} at {x}, {y}",
        "canvas_pin_other": "pin {number}",
        "canvas_pin_lift": "Lift pin {number}",
        "canvas_pin_lift_short": "lift",
        "canvas_pin_add": "+ pin",
        "canvas_pin_adding": "choose a pixel …",
        "canvas_pin_mean": "mean",
        "canvas_mode_contribution": "Receives",
        "canvas_mode_contribution_hint": (
            "Contribution: weight times the length of what the value carries into the picture's features. "
            "A large weight on a value of nothing brings nothing (Kobayashi et al. 2020)"
        ),
        "canvas_contribution_sentence": (
            "{who} receives most from the {region}, at {pixels} "
            "(outlined): {share} of all it receives, {times} times the even share."
        ),
        "canvas_contribution_everywhere": (
            "{who} receives nearly alike from everywhere; a little more from the {region} (outlined), "
            "{times} times the even share."
        ),
        "canvas_contribution_alike": "{who} receives alike from everywhere.",
        "canvas_contribution_nothing": "{who} receives nothing.",
        "canvas_mode_rollout": "All layers",
        "canvas_mode_rollout_hint": (
            "Rollout: of which cells of an earlier layer this pixel is made, through all attention in "
            "between, with what each layer hands on unchanged (Abnar & Zuidema 2020)"
        ),
        "canvas_layer_down": "Down to [[layer]]",
        "canvas_rollout_sentence": (
            "{who} keeps {own} of its own place through the attention at {layers}. The rest comes most "
            "from the {region}, at {pixels} (outlined): {share} of it, "
            "{times} times the even share."
        ),
        "canvas_rollout_everywhere": (
            "{who} keeps {own} of its own place through the attention at {layers}. The rest comes nearly "
            "alike from everywhere; a little more from the {region} (outlined), {times} times the even share."
        ),
        "canvas_rollout_alike": (
            "{who} keeps {own} of its own place through the attention at {layers}. The rest comes alike "
            "from everywhere."
        ),
        "canvas_rollout_nothing": "{who} is made of nothing but itself: attention brings nothing here.",
        "canvas_mode_flow": "Flow",
        "canvas_mode_flow_hint": (
            "The strongest links of the whole picture: thin at the cell that looks, thick where it looks"
        ),
        "canvas_links": "Strongest [[links]]",
        "canvas_flow_sentence": (
            "Drawn are the {count} strongest of {all} links, with {carried} of this layer's attention. Over "
            "all links, most goes to the {region}, at {pixels} (outlined): {share}, {times} times the even "
            "share."
        ),
        "canvas_flow_everywhere": (
            "Drawn are the {count} strongest of {all} links, with {carried} of this layer's attention. Over "
            "all links, every region gets nearly the same; the {region} (outlined) a little more, {times} "
            "times the even share."
        ),
        "canvas_flow_alike": (
            "Drawn are the {count} strongest of {all} links, with {carried} of this layer's attention. Over "
            "all links, every place gets the same."
        ),
        "canvas_flow_nothing": "Nothing looks anywhere in this layer.",
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
        "canvas_pin_active": "固定点 {number}：{x}, {y}",
        "canvas_pin_other": "固定点 {number}",
        "canvas_pin_lift": "移除固定点 {number}",
        "canvas_pin_lift_short": "移除",
        "canvas_pin_add": "+ 固定点",
        "canvas_pin_adding": "请选择像素……",
        "canvas_pin_mean": "平均",
        "canvas_mode_contribution": "得到什么",
        "canvas_mode_contribution_hint": (
            "贡献：权重乘以值带入图片特征的长度。权重再大，值为零也带不来什么（Kobayashi 等，2020）"
        ),
        "canvas_contribution_sentence": (
            "{who}从{region} {pixels}（已框出）得到最多：占其所得的 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_contribution_everywhere": (
            "{who}几乎均匀地得自各处；{region}（已框出）稍多，是均匀时的 {times} 倍。"
        ),
        "canvas_contribution_alike": "{who}均匀地得自各处。",
        "canvas_contribution_nothing": "{who}什么也没有得到。",
        "canvas_mode_rollout": "贯穿各层",
        "canvas_mode_rollout_hint": (
            "注意力展开：这个像素由更早一层的哪些格子构成，计入其间所有注意力和各层原样传下的部分"
            "（Abnar 与 Zuidema，2020）"
        ),
        "canvas_layer_down": "直到哪一[[layer|层]]",
        "canvas_rollout_sentence": (
            "{who}经过 {layers}层的注意力后保留自身位置的 {own}。其余最多来自{region} {pixels}（已框出）："
            "占 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_rollout_everywhere": (
            "{who}经过 {layers}层的注意力后保留自身位置的 {own}。其余几乎均匀地来自各处；"
            "{region}（已框出）稍多，是均匀时的 {times} 倍。"
        ),
        "canvas_rollout_alike": "{who}经过 {layers}层的注意力后保留自身位置的 {own}。其余均匀地来自各处。",
        "canvas_rollout_nothing": "{who}只由自身构成：注意力在这里没有带来什么。",
        "canvas_mode_flow": "流向",
        "canvas_mode_flow_hint": "整张图片中最强的连线：细端是在看的格子，粗端是被看的地方",
        "canvas_links": "最强[[links|连线]]",
        "canvas_flow_sentence": (
            "画出的是 {all} 条连线中最强的 {count} 条，占这一层注意力的 {carried}。就全部连线而言，"
            "{region} {pixels}（已框出）得到最多：占 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_flow_everywhere": (
            "画出的是 {all} 条连线中最强的 {count} 条，占这一层注意力的 {carried}。就全部连线而言，"
            "各处几乎相同；{region}（已框出）稍多，是均匀时的 {times} 倍。"
        ),
        "canvas_flow_alike": (
            "画出的是 {all} 条连线中最强的 {count} 条，占这一层注意力的 {carried}。就全部连线而言，各处相同。"
        ),
        "canvas_flow_nothing": "这一层没有任何格子看向别处。",
        "canvas_contribution_missing": "此刻保存时没有记录值所带的内容：请选择当前模型，或换一种模式。",
    },
}
