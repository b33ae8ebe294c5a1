"""Texts of the canvas on words and columns in place of cells, and on items that are no pictures.

A key that ends in `_named` speaks of a word or a column, where the key without it speaks of a cell by its
numbers. One that ends in `_places` is said in place of the key without it while the items in view are no
pictures; a kind may have texts of its own, whose keys end in its name.
"""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_who_named": "“{name}”",
        "canvas_who_pin_named": "Pin {number} (“{name}”)",
        "canvas_pin_named": "Pin {number}: “{name}”",
        "canvas_pin_active_named": "pin {number} at “{name}”",
        "canvas_cell_named": "“{place}”, one of {size}",
        "canvas_largest_named": "most {share} at “{place}”",
        "canvas_here_named": "here “{place}”: {share} ({times} times even)",
        "canvas_word_map_sure": (
            "{kind} mostly lie on their thing: overlap {generator}, in the discriminator {discriminator}; by "
            "chance {chance}"
        ),
        "canvas_word_map_unsure": (
            "{kind} are no sure sign of their thing: overlap {generator}, in the discriminator "
            "{discriminator}; by chance {chance}"
        ),
        "canvas_word_map_none": "how right this map of “{name}” is was not measured",
        "canvas_word_map_colour": "maps of colour words",
        "canvas_word_map_shape": "maps of shape words",
        "canvas_word_map_size": "maps of size words",
        "explain_word_map": (
            "Measured on pictures of two things: how far the cells that look most at a word overlap with the "
            "thing it tells of, in pictures that the generator drew rightly; and those that the word looks "
            "at most in the discriminator, in real pictures. Mean of the heads."
        ),
        "canvas_looks_named": (
            "{who} looks most at “{name}”: {share} of its attention, {times} times the even share."
        ),
        "canvas_looks_everywhere_named": (
            "{who} looks nearly everywhere alike; a little more at “{name}”, {times} times the even share."
        ),
        "canvas_seen_named": (
            "{who} is looked at most from “{name}”: {share} of what it gets, {times} times the even share."
        ),
        "canvas_seen_everywhere_named": (
            "{who} is looked at nearly alike from everywhere; a little more from “{name}”, "
            "{times} times the even share."
        ),
        "canvas_contribution_named": (
            "{who} receives most from “{name}”: {share} of all it receives, {times} times the even share."
        ),
        "canvas_contribution_everywhere_named": (
            "{who} receives nearly alike from everywhere; a little more from “{name}”, "
            "{times} times the even share."
        ),
        "canvas_rollout_named": (
            "{who} keeps {own} of its own place through the attention of {layers}. The rest comes most from "
            "“{name}”: {share} of it, {times} times the even share."
        ),
        "canvas_rollout_everywhere_named": (
            "{who} keeps {own} of its own place through the attention of {layers}. The rest comes nearly "
            "alike from everywhere; a little more from “{name}”, {times} times the even share."
        ),
        "canvas_flow_named": (
            "Drawn are the {count} strongest of {all} links, with {carried} of this layer's attention. Over "
            "all links, most goes to “{name}”: {share}, {times} times the even share."
        ),
        "canvas_flow_everywhere_named": (
            "Drawn are the {count} strongest of {all} links, with {carried} of this layer's attention. Over "
            "all links, everything gets nearly the same; “{name}” a little more, {times} times the even "
            "share."
        ),
        "canvas_sample_words": "{name}: {words}",
        "canvas_unknown": "Not known:",
        "canvas_unread": "Not read, since it is too long: the last {count}.",
        "edit_cursor_named": "Place: “{name}”",
        "canvas_stage_places": "What was made, with its attention",
        "canvas_picture_places": (
            "What was made, in boxes. Move over it to see where the network looked; arrows move, Enter pins."
        ),
        "canvas_hint_places": "Move over the boxes. Click or tap to pin one.",
        "canvas_cleared_places": "No place chosen.",
        "canvas_pin_adding_places": "choose a place …",
        "canvas_who_places": "Cell {x}, {y}",
        "canvas_who_pin_places": "Pin {number} (cell {x}, {y})",
        "canvas_pin_places": "Pin {number}: cell {x}, {y}",
        "canvas_keys_all_places": (
            "Arrows move the place (with Shift by four), Enter pins it (with Shift one more). Comma and "
            "full stop choose a pin, Delete lifts it, Esc lifts all. H and L change head and layer, 0 to 9 "
            "choose a head (0 is the mean), M the mode, N and P the sample. K goes to the words and back. "
            "Hold B for the bare sample."
        ),
        "edit_change_places": "Changes {moved} of the places.",
        "edit_change_none_places": "Changes nothing here.",
        "edit_change_sizes_places": "The two differ in size, so no difference can be drawn.",
        "edit_hint_places": (
            "Forbid places, mute a head or close a gate: the same noise is drawn anew at once."
        ),
        "edit_pin_first_places": (
            "Click the place whose look you want to change, or choose another one below."
        ),
        "edit_tool_places": "On the boxes",
        "edit_whom_pin_places": "pinned place",
        "edit_made_forbidden_places": "{layer}: {what} forbidden {whom}",
        "edit_made_only_places": "{layer}: only {what} allowed {whom}",
        "edit_made_sent_places": "{layer}: sent to “{what}”, {whom}",
        "edit_for_cell_places": "for “{cell}”",
        "edit_for_region_places": "for {count} places",
        "work_title_places": "The arithmetic of this place",
        "work_lead_places": "“{cell}” in layer {layer} asks {keys} keys with its query.",
        "work_lead_head_places": (
            "“{cell}” in layer {layer}, head {head} of {heads}: its query asks {keys} keys."
        ),
        "canvas_mode_looks_hint_places": "The weights that the place under the pointer gives to every place",
        "canvas_mode_seen_hint_places": "The weight that every place gives to the place under the pointer",
        "canvas_mode_contribution_hint_places": (
            "Contribution: weight times the length of what the value carries. A large weight on a value of "
            "nothing brings nothing (Kobayashi et al. 2020)"
        ),
        "canvas_mode_rollout_hint_places": (
            "Rollout: of which places of an earlier layer this one is made, through all attention in "
            "between, with what each layer hands on unchanged (Abnar & Zuidema 2020)"
        ),
        "canvas_mode_flow_hint_places": (
            "The strongest links of all: thin at the place that looks, thick where it looks"
        ),
        "explain_looks_places": (
            "The sentence names the place that gets most of this one's attention, and how much. The even "
            "share is what it would get if all places got the same."
        ),
        "explain_seen_places": (
            "The sentence names the place from which most of the attention on this one comes. The even share "
            "is what would come from it if all looked alike."
        ),
        "explain_contribution_places": (
            "A weight counts as much as the value that it carries: weight × length of the value after the "
            "output projection × gate (Kobayashi et al. 2020, arXiv 2004.10102), since a large weight on a "
            "value of nothing brings nothing. The sentence names the place that brings most of it."
        ),
        "explain_rollout_places": (
            "What a place is made of when attention and what each layer hands on are followed back through "
            "the layers (after Abnar & Zuidema 2020, arXiv 2005.00928). What comes from another text is left "
            "out, and so is its own place in the colours."
        ),
        "explain_flow_places": (
            "A [[links|link]] is one place looking at another. Only the strongest are drawn, and the "
            "sentence says how much of the layer's attention they carry; the rest is not to be seen. A look "
            "at the own place is no link. What is looked at most is counted over all links."
        ),
        "explain_cell_places": "The place that is pointed at, and how many there are.",
        "explain_largest_places": "The largest value of this map and the place where it lies.",
        "explain_here_places": (
            "The value of the place under the pointer, and how many times the mean of the map that is."
        ),
        "explain_even_places": "What every place would have if all had the same: the mark on the colour bar.",
        "explain_change_places": "The share of places where anything differs.",
        "explain_strength_places": "How strong the colours of the map are: at 0 % it cannot be seen.",
    },
    "zh-CN": {
        "canvas_who_named": "“{name}”",
        "canvas_who_pin_named": "固定点 {number}（“{name}”）",
        "canvas_pin_named": "固定点 {number}：“{name}”",
        "canvas_pin_active_named": "固定点 {number}：“{name}”",
        "canvas_cell_named": "“{place}”（共 {size} 个）",
        "canvas_word_map_sure": (
            "{kind}大多落在所指物体上：重叠 {generator}，判别器中 {discriminator}；随机为 {chance}"
        ),
        "canvas_word_map_unsure": (
            "{kind}不能说明物体在哪里：重叠 {generator}，判别器中 {discriminator}；随机为 {chance}"
        ),
        "canvas_word_map_none": "“{name}”的这张图有多准没有测量过",
        "canvas_word_map_colour": "颜色词的图",
        "canvas_word_map_shape": "形状词的图",
        "canvas_word_map_size": "大小词的图",
        "explain_word_map": (
            "在两个物体的图片上测得，取各注意力头的平均：在生成器画对的图片中，看某词最多的格子与它所说物体的"
            "重叠程度；在真实图片中，判别器里该词看得最多的格子与该物体的重叠程度。"
        ),
        "canvas_largest_named": "最大 {share}，位于“{place}”",
        "canvas_here_named": "此处“{place}”：{share}（均匀的 {times} 倍）",
        "canvas_looks_named": "{who}最多看向“{name}”：占其注意力的 {share}，是均匀时的 {times} 倍。",
        "canvas_looks_everywhere_named": "{who}几乎均匀地看向各处；稍多看向“{name}”，是均匀时的 {times} 倍。",
        "canvas_seen_named": "{who}最多被“{name}”看着：占其所得的 {share}，是均匀时的 {times} 倍。",
        "canvas_seen_everywhere_named": "{who}几乎均匀地被各处看着；“{name}”稍多，是均匀时的 {times} 倍。",
        "canvas_contribution_named": "{who}从“{name}”得到最多：占其所得的 {share}，是均匀时的 {times} 倍。",
        "canvas_contribution_everywhere_named": (
            "{who}几乎均匀地得自各处；“{name}”稍多，是均匀时的 {times} 倍。"
        ),
        "canvas_rollout_named": (
            "{who}经过 {layers} 的注意力后保留自身位置的 {own}。其余最多来自“{name}”：占 {share}，"
            "是均匀时的 {times} 倍。"
        ),
        "canvas_rollout_everywhere_named": (
            "{who}经过 {layers} 的注意力后保留自身位置的 {own}。其余几乎均匀地来自各处；“{name}”稍多，"
            "是均匀时的 {times} 倍。"
        ),
        "canvas_flow_named": (
            "画出的是 {all} 条连线中最强的 {count} 条，占这一层注意力的 {carried}。就全部连线而言，"
            "“{name}”得到最多：占 {share}，是均匀时的 {times} 倍。"
        ),
        "canvas_flow_everywhere_named": (
            "画出的是 {all} 条连线中最强的 {count} 条，占这一层注意力的 {carried}。就全部连线而言，"
            "各处几乎相同；“{name}”稍多，是均匀时的 {times} 倍。"
        ),
        "canvas_sample_words": "{name}：{words}",
        "canvas_unknown": "模型不认识：",
        "canvas_unread": "文字太长，没有读最后 {count} 个词。",
        "edit_cursor_named": "位置：“{name}”",
        "canvas_stage_places": "生成的内容及其注意力",
        "canvas_picture_places": "以方框显示的生成内容。移到上面可看到网络看向哪里；方向键移动，回车键固定。",
        "canvas_hint_places": "在方框上移动。点击或轻触可固定其中一个。",
        "canvas_cleared_places": "未选择位置。",
        "canvas_pin_adding_places": "请选择位置……",
        "canvas_who_places": "格子 {x}, {y} ",
        "canvas_who_pin_places": "固定点 {number}（格子 {x}, {y}）",
        "canvas_pin_places": "固定点 {number}：格子 {x}, {y}",
        "canvas_keys_all_places": (
            "方向键移动位置（加 Shift 一次四个），回车固定，加 Shift 再添一个。逗号和句号选择固定点，"
            "Delete 移除它，Esc 全部移除。H 和 L 切换头与层，0 到 9 选择头（0 为平均），"
            "M 切换模式，N 和 P 切换样本，K 转到旁边的词语或返回。按住 B 只看样本。"
        ),
        "edit_change_places": "{moved} 的位置有变化。",
        "edit_change_none_places": "这里没有任何改变。",
        "edit_change_sizes_places": "两者大小不同，无法画出差异。",
        "edit_hint_places": "禁止位置、静音某个头或关闭门控：立即用同样的噪声重新绘制。",
        "edit_pin_first_places": "请点击要改变其视线的位置，或在下面另选对象。",
        "edit_tool_places": "在方框上",
        "edit_whom_pin_places": "固定的位置",
        "edit_made_forbidden_places": "{layer}：{whom}禁止 {what}",
        "edit_made_only_places": "{layer}：{whom}只允许 {what}",
        "edit_made_sent_places": "{layer}：{whom}指定看“{what}”",
        "edit_for_cell_places": "对“{cell}”",
        "edit_for_region_places": "对 {count} 个位置",
        "work_title_places": "这个位置的算式",
        "work_lead_places": "{layer} 层的“{cell}”用它的查询向量询问 {keys} 个键。",
        "work_lead_head_places": (
            "{layer} 层的“{cell}”，第 {head} 头（共 {heads} 头）：它的查询向量询问 {keys} 个键。"
        ),
        "canvas_mode_looks_hint_places": "指针下的位置给每个位置的权重",
        "canvas_mode_seen_hint_places": "每个位置给指针下位置的权重",
        "canvas_mode_contribution_hint_places": (
            "贡献：权重乘以值所带内容的长度。权重再大，值为零也带不来什么（Kobayashi 等，2020）"
        ),
        "canvas_mode_rollout_hint_places": (
            "注意力展开：这个位置由更早一层的哪些位置构成，计入其间所有注意力和各层原样传下的部分"
            "（Abnar 与 Zuidema，2020）"
        ),
        "canvas_mode_flow_hint_places": "所有连线中最强的：细端是在看的位置，粗端是被看的位置",
        "explain_looks_places": (
            "这句话指出得到此位置注意力最多的位置及其份额。均匀份额是所有位置相同时它会得到的份额。"
        ),
        "explain_seen_places": (
            "这句话指出对此位置的注意力最多来自哪个位置。均匀份额是所有位置看得一样时来自它的份额。"
        ),
        "explain_contribution_places": (
            "权重按其所带的值计算：权重 × 输出投影后值的长度 × 门控（Kobayashi 等，2020，arXiv 2004.10102），"
            "因为权重再大，值为零也带不来什么。这句话指出带来最多的位置。"
        ),
        "explain_rollout_places": (
            "沿各层往回追溯注意力和原样传下的部分，一个位置由什么构成"
            "（据 Abnar 与 Zuidema，2020，arXiv 2005.00928）。来自另一段文字的部分不计，自身位置也不着色。"
        ),
        "explain_flow_places": (
            "一条[[links|连线]]是一个位置看另一个位置。只画最强的那些，句中说明它们占这一层注意力的多少；其"
            "余看不到。看自身的不算连线。被看最多的位置按全部连线计算。"
        ),
        "explain_cell_places": "所指的位置，以及一共有多少个位置。",
        "explain_largest_places": "此图的最大值及其所在的位置。",
        "explain_here_places": "指针下位置的值，以及它是此图平均值的多少倍。",
        "explain_even_places": "所有位置相同时每个位置的值：色标上的标记。",
        "explain_change_places": "有任何差别的位置所占的份额。",
        "explain_strength_places": "此图颜色的浓度：为 0 % 时看不见。",
    },
}
