"""Texts of the canvas on rows of numbers: points in their plane (keys that end in `_plane`), and tables
(`_table`).
"""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_hint_beside_plane": (
            "Move over a plane to choose the nearest point, or over the matrix. Click or tap there to pin a "
            "column."
        ),
        "canvas_stage_plane": "Points, with what they look at",
        "canvas_picture_plane": (
            "A plane with real and generated points, the plane of their noise, and what the chosen point "
            "looks at. Move over it to choose the nearest point; N and P go to the next and the last one, "
            "arrows change the column, Enter pins it."
        ),
        "canvas_drawn_plane": (
            "[[real|Real]] points are blue, those of the [[generator]] orange; the ground is blue "
            "where the [[discriminator]] takes points for real"
        ),
        "canvas_bare_plane": "Bare points",
        "canvas_bare_hint_plane": "Hold it, or the key B, to see the points alone",
        "canvas_credit_plane": "Made by the network. Learnt from: {credit}",
        "canvas_hint_beside_table": (
            "Move over the plane to choose the nearest row, or over its columns and what they look at. Click "
            "or tap there to pin one."
        ),
        "canvas_hint_table": (
            "Move over the plane to choose the nearest row. Click or tap a column to pin it."
        ),
        "canvas_stage_table": "Rows, with what they look at",
        "canvas_picture_table": (
            "A plane with real and generated rows along two of their columns, and the chosen row. Move over "
            "it to choose the nearest row; N and P go to the next and the last one, arrows change the "
            "column, Enter pins it."
        ),
        "canvas_drawn_table": (
            "[[real|Real]] rows are blue, those of the [[generator]] orange; beside them the chosen row"
        ),
        "canvas_bare_table": "Bare rows",
        "canvas_bare_hint_table": "Hold it, or the key B, to see the rows without their map",
        "canvas_credit_table": "Made by the network. Learnt from: {credit}",
        "axes_of": "2 of {count} columns",
        "axes_across": "across",
        "axes_up": "up",
        "canvas_without": "without this layer it would lie {far} of a side away",
        "canvas_without_hardly": "without this layer it would hardly move",
        "canvas_without_table": "without this layer {changed} of {count} columns would hold something else",
        "canvas_without_hardly_table": "without this layer no column would hold something else",
        "explain_without_table": (
            "Measured on this row: the generator made it once more of the same noise, with nothing added by "
            "this layer. A number counts as something else from 1 % of its column's span on. Where little "
            "changes, the map says little about the row, however clear it looks."
        ),
        "explain_without": (
            "Measured on this point: the generator made it once more of the same noise, with nothing added "
            "by this layer. Where that changes little, the map says little about the point, however clear "
            "it looks. On the plane a broken line leads to where it would lie."
        ),
    },
    "zh-CN": {
        "canvas_hint_beside_plane": (
            "在平面上移动可选最近的点，或在矩阵上移动。在矩阵上点击或轻触可固定一列。"
        ),
        "canvas_stage_plane": "点，以及它们看向哪里",
        "canvas_picture_plane": (
            "真实点与生成点所在的平面、噪声平面，以及所选的点看向哪里。移动可选最近的点；"
            "N 和 P 转到下一个和上一个点，"
            "方向键换列，回车键固定。"
        ),
        "canvas_drawn_plane": (
            "[[real|真实]]的点为蓝色，[[generator|生成器]]的点为橙色；"
            "[[discriminator|判别器]]认为真实之处，背景为蓝色"
        ),
        "canvas_bare_plane": "只看点",
        "canvas_bare_hint_plane": "按住它或 B 键，只看点",
        "canvas_credit_plane": "由网络生成。学习的素材：{credit}",
        "canvas_hint_beside_table": (
            "在平面上移动可选最近的一行，也可在它的各列及其所看之处移动。点击或轻触可固定其中一个。"
        ),
        "canvas_hint_table": "在平面上移动可选最近的一行。点击或轻触某一列可固定它。",
        "canvas_stage_table": "数据行，以及它们看向哪里",
        "canvas_picture_table": (
            "真实行与生成行沿其中两列画在平面上，旁边是所选的一行。移动可选最近的一行；"
            "N 和 P 转到下一行和上一行，方向键换列，回车键固定。"
        ),
        "canvas_drawn_table": ("[[real|真实]]的行为蓝色，[[generator|生成器]]的行为橙色；旁边是所选的一行"),
        "canvas_bare_table": "只看行",
        "canvas_bare_hint_table": "按住它或 B 键，可看到没有注意力图的行",
        "canvas_credit_table": "由网络生成。学习的素材：{credit}",
        "axes_of": "{count} 列中的 2 列",
        "axes_across": "横轴",
        "axes_up": "纵轴",
        "canvas_without": "若没有这一层，它会移动边长的 {far}",
        "canvas_without_hardly": "若没有这一层，它几乎不动",
        "canvas_without_table": "若没有这一层，{count} 列中有 {changed} 列会不同",
        "canvas_without_hardly_table": "若没有这一层，没有一列会不同",
        "explain_without_table": (
            "就在这一行上测得：生成器用同样的噪声再生成一次，而这一层什么也不添加。"
            "数值改变达到该列范围的 1 % 才算不同。若变化很小，注意力图再清楚也说明不了什么。"
        ),
        "explain_without": (
            "就在这个点上测得：生成器用同样的噪声再生成一次，而这一层什么也不添加。若变化很小，"
            "注意力图再清楚也说明不了什么。平面上的虚线通向它那时所在之处。"
        ),
    },
}
