"""Texts that the attention canvas speaks in the browser, in the reader's language; {names} are filled in."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_stage": "Picture with its attention",
        "canvas_drawn": "What the [[generator]] drew, where it looked",
        "canvas_inspector": "Layers and heads",
        "canvas_samples": "Samples from [[noise]]",
        "canvas_right": "✓: right in everything, checked exactly",
        "canvas_tabs": "What to do",
        "canvas_tab_map": "Map",
        "canvas_close": "Close",
        "canvas_picture": "Picture. Move over it to see where the network looked; arrows move, Enter pins.",
        "canvas_invite": "Point or tap: where did it look?",
        "canvas_mode": "Show",
        "canvas_mode_looks": "Looks at",
        "canvas_mode_looks_hint": "The weights that the cell under the pointer gives to every cell",
        "canvas_mode_seen": "Seen by",
        "canvas_mode_seen_hint": "The weight that every cell gives to the cell under the pointer",
        "canvas_layer": "[[layer|Layer]]",
        "canvas_head": "[[head|Head]]",
        "canvas_mean": "mean",
        "canvas_mean_long": "mean of all heads",
        "canvas_head_number": "head {number}",
        "canvas_map": "Layer {layer}, {head}",
        "canvas_facts_gate": "gate {gate}",
        "canvas_facts_spread": "spread {spread}",
        "canvas_gate_closed": "Not used yet: the gate of layer {layers} is closed.",
        "canvas_view": "View",
        "canvas_strength": "Overlay",
        "canvas_cells": "Cells",
        "canvas_cells_raw": "raw",
        "canvas_cells_raw_hint": "Each weight as one square, as the network has it",
        "canvas_cells_smooth": "smooth",
        "canvas_cells_smooth_hint": "Interpolated between the cells, for the eye",
        "canvas_range": "Scale",
        "canvas_range_map": "each map",
        "canvas_range_map_hint": "The brightest colour is the largest weight of each map",
        "canvas_range_layer": "shared",
        "canvas_range_layer_hint": "The brightest colour is the largest weight of the layer in this picture",
        "canvas_colours": "Colours",
        "canvas_keys": "Keys",
        "canvas_keys_all": (
            "Arrows move the pixel (with Shift by four), Enter pins it (with Shift one more). Comma and "
            "full stop choose a pin, Delete lifts it, Esc lifts all. H and L change head and layer, 0 to 9 "
            "choose a head (0 is the mean), M the mode, N and P the picture. K goes to the words and "
            "back. Hold B for the bare picture."
        ),
        "canvas_looks_sentence": (
            "{who} looks most at the {region}, at {pixels} "
            "(outlined): {share} of its attention, {times} times the even share."
        ),
        "canvas_looks_everywhere": (
            "{who} looks nearly everywhere alike; a little more at the {region} (outlined), {times} times "
            "the even share."
        ),
        "canvas_seen_sentence": (
            "{who} is looked at most from the {region}, at {pixels} "
            "(outlined): {share} of what it gets, {times} times the even share."
        ),
        "canvas_seen_everywhere": (
            "{who} is looked at nearly alike from everywhere; a little more from the {region} (outlined), "
            "{times} times the even share."
        ),
        "canvas_looks_alike": "{who} looks everywhere alike.",
        "canvas_seen_alike": "{who} is looked at alike from everywhere.",
        "canvas_looks_nothing": "{who} looks nowhere.",
        "canvas_seen_nothing": "{who} is looked at from nowhere.",
        "canvas_region_0": "upper left",
        "canvas_region_1": "upper middle",
        "canvas_region_2": "upper right",
        "canvas_region_3": "left",
        "canvas_region_4": "middle",
        "canvas_region_5": "right",
        "canvas_region_6": "lower left",
        "canvas_region_7": "lower middle",
        "canvas_region_8": "lower right",
        "canvas_cell": "cell at {place}, one of {size}",
        "canvas_largest": "most {share} at {place}",
        "canvas_here": "here, at {place}: {share} ({times} times even)",
        "canvas_even": "even {share}",
        "canvas_bare": "Bare picture",
        "canvas_bare_hint": "Hold it, or the key B, to see the picture without its map",
        "canvas_hint": "Move over the picture. Click or tap to pin a pixel.",
        "canvas_none": "This model was trained without attention, so there is nothing to look at here.",
        "canvas_unattended": (
            "At this moment the attention of the first {count} samples was kept: choose one of them."
        ),
        "canvas_cleared": "No pixel chosen.",
        "canvas_time": "Time in training",
        "canvas_time_step": "step {step}",
        "canvas_time_present": "as it is now",
        "canvas_time_play": "Play the training",
        "canvas_time_pause": "Pause",
        "canvas_time_speed": "Speed",
        "canvas_link": "Copy link",
        "canvas_link_copied": "Copied",
        "canvas_unfit": "Part of the link does not fit here; this is the nearest view.",
        "canvas_credit": "Drawn by the network. Learnt from: {credit}",
        "canvas_sample": "Sample {number}, seed {seed}",
        "canvas_sample_of": "Sample {number}, seed {seed}, {label}",
        "canvas_failed": "The pictures could not be fetched. Check the connection and choose again.",
        "canvas_empty": "No pictures yet.",
        "canvas_hard": (
            "A hard one: about 1400 pictures, no two alike, are much for so small a network. Many of what it "
            "draws are blends."
        ),
    },
    "zh-CN": {
        "canvas_stage": "图片及其注意力",
        "canvas_drawn": "[[generator|生成器]]画的，以及它看向哪里",
        "canvas_inspector": "层与注意力头",
        "canvas_samples": "[[noise|噪声]]采样",
        "canvas_right": "✓：全部正确，经精确检查",
        "canvas_tabs": "要做什么",
        "canvas_tab_map": "注意力图",
        "canvas_close": "关闭",
        "canvas_picture": "图片。移到上面可看到网络看向哪里；方向键移动，回车键固定。",
        "canvas_invite": "指一指或点一下：它看向哪里？",
        "canvas_mode": "显示",
        "canvas_mode_looks": "看向哪里",
        "canvas_mode_looks_hint": "指针下的格子给每个格子的权重",
        "canvas_mode_seen": "被谁看",
        "canvas_mode_seen_hint": "每个格子给指针下格子的权重",
        "canvas_layer": "[[layer|层]]",
        "canvas_head": "[[head|注意力头]]",
        "canvas_mean": "平均",
        "canvas_mean_long": "所有头的平均",
        "canvas_head_number": "第 {number} 头",
        "canvas_map": "{layer}层，{head}",
        "canvas_facts_gate": "门控 {gate}",
        "canvas_facts_spread": "分散度 {spread}",
        "canvas_gate_closed": "尚未使用：{layers}层的门控是关闭的。",
        "canvas_view": "视图",
        "canvas_strength": "叠加强度",
        "canvas_cells": "格子",
        "canvas_cells_raw": "原始",
        "canvas_cells_raw_hint": "每个权重一个方格，与网络中一致",
        "canvas_cells_smooth": "平滑",
        "canvas_cells_smooth_hint": "在格子之间插值，便于观看",
        "canvas_range": "色标",
        "canvas_range_map": "各图独立",
        "canvas_range_map_hint": "最亮的颜色是各图自己的最大权重",
        "canvas_range_layer": "共用",
        "canvas_range_layer_hint": "最亮的颜色是此图片该层的最大权重",
        "canvas_colours": "配色",
        "canvas_keys": "按键",
        "canvas_keys_all": (
            "方向键移动像素（加 Shift 一次四格），回车固定，加 Shift 再添一个。逗号和句号选择固定点，"
            "Delete 移除它，Esc 全部移除。H 和 L 切换头与层，0 到 9 选择头（0 为平均），"
            "M 切换模式，N 和 P 切换图片，K 转到它所依据的词语或返回。按住 B 只看图片。"
        ),
        "canvas_looks_sentence": (
            "{who}最多看向{region} {pixels}（已框出）：占其注意力的 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_looks_everywhere": (
            "{who}几乎均匀地看向各处；稍多看向{region}（已框出），是均匀时的 {times} 倍。"
        ),
        "canvas_seen_sentence": (
            "{who}最多被{region} {pixels}（已框出）看着：占其所得的 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_seen_everywhere": (
            "{who}几乎均匀地被各处看着；{region}（已框出）稍多，是均匀时的 {times} 倍。"
        ),
        "canvas_looks_alike": "{who}均匀地看向各处。",
        "canvas_seen_alike": "{who}被各处同样地看着。",
        "canvas_looks_nothing": "{who}没有看向任何地方。",
        "canvas_seen_nothing": "没有像素看向{who}。",
        "canvas_region_0": "左上",
        "canvas_region_1": "上方",
        "canvas_region_2": "右上",
        "canvas_region_3": "左侧",
        "canvas_region_4": "中间",
        "canvas_region_5": "右侧",
        "canvas_region_6": "左下",
        "canvas_region_7": "下方",
        "canvas_region_8": "右下",
        "canvas_cell": "格子 {place}（共 {size} 个）",
        "canvas_largest": "最大 {share}，位于 {place}",
        "canvas_here": "此处 {place}：{share}（均匀的 {times} 倍）",
        "canvas_even": "均匀 {share}",
        "canvas_bare": "只看图片",
        "canvas_bare_hint": "按住它或 B 键，可看到没有注意力图的图片",
        "canvas_hint": "在图片上移动。点击或轻触可固定一个像素。",
        "canvas_none": "此模型训练时没有注意力，这里没有可看的内容。",
        "canvas_unattended": "此刻只保留了前 {count} 个样本的注意力：请选择其中之一。",
        "canvas_cleared": "未选择像素。",
        "canvas_time": "训练进程",
        "canvas_time_step": "第 {step} 步",
        "canvas_time_present": "当前模型",
        "canvas_time_play": "播放训练过程",
        "canvas_time_pause": "暂停",
        "canvas_time_speed": "速度",
        "canvas_link": "复制链接",
        "canvas_link_copied": "已复制",
        "canvas_unfit": "链接中有一部分不适用；这是最接近的视图。",
        "canvas_credit": "由网络画出。学习的素材：{credit}",
        "canvas_sample": "样本 {number}，种子 {seed}",
        "canvas_sample_of": "样本 {number}，种子 {seed}，{label}",
        "canvas_failed": "无法获取图片。请检查连接后重新选择。",
        "canvas_empty": "还没有图片。",
        "canvas_hard": (
            "这个较难：约 1400 张各不相同的图片，对这么小的网络来说太多了，画出的许多是几张图的混合。"
        ),
    },
}
