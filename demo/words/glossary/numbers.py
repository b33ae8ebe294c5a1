"""What each number of the canvas means, told on hover, focus or tap; the terms in it are marked."""

WORDS: dict[str, dict[str, str]] = {
    "en": {
        "canvas_why": "What these numbers mean",
        "explain_looks": (
            "The sentence names the window that is outlined: it holds the brightest cell and what is bright "
            "around it. It says how much of this pixel's attention lies there. The [[even|even share]] is "
            "what it would get if all cells got the same."
        ),
        "explain_seen": (
            "The sentence names the window that is outlined: it holds the brightest cell and what is "
            "bright around it. It says how much of the attention on this pixel comes from there. The "
            "[[even|even share]] is what would come from it if all looked alike."
        ),
        "explain_contribution": (
            "[[contribution|Contribution]]: a weight counts as much as the value that it carries: weight × "
            "length of the value after the output projection × gate (Kobayashi et al. 2020, arXiv "
            "2004.10102), since a large weight on a value of nothing brings nothing. The sentence names the "
            "window that is outlined."
        ),
        "explain_rollout": (
            "[[rollout|Rollout]]: what a pixel is made of when attention and what each layer hands on are "
            "followed back through the layers (after Abnar & Zuidema 2020, arXiv 2005.00928). Convolutions "
            "in between are left out. Its own place is left out of the colours."
        ),
        "explain_flow": (
            "A [[links|link]] is one cell looking at another. Only the strongest are drawn, and the "
            "sentence says how much of the layer's attention they carry; the rest is not to be seen. A look "
            "at the own place is no link. What is looked at most (outlined) is counted over all links."
        ),
        "explain_cell": (
            "The cell under the pixel, and how many cells this layer's map has. Every place on a picture "
            "is told in its pixels, column and row, counted from 0, 0 in the upper left corner; 8–11 is 8 "
            "to 11. A cell of a coarse layer covers several pixels."
        ),
        "explain_largest": "The largest value of this map, and the pixels of the cell where it lies.",
        "explain_here": (
            "The value of the cell under the pointer, and how many times the mean of the map that is."
        ),
        "explain_top": "What the brightest colour stands for.",
        "explain_even": (
            "The [[even|even share]], which every cell would have if all had the same: the mark on the "
            "colour bar. Cells with more are tinted; those with less are darker and hatched."
        ),
        "explain_gate": (
            "The [[gate]]: how much of this layer's attention is added to the picture's features. 0 adds "
            "nothing; training starts at 1."
        ),
        "explain_spread": (
            "The [[spread]]: entropy of the weights against that of even ones. 0 % looks at one cell, 100 % "
            "looks everywhere alike."
        ),
        "explain_change": (
            "How far two pictures are apart: a pixel differs noticeably when one of its colours does by more "
            "than 8 of 255; the largest difference is that of all colours of all pixels."
        ),
        "explain_difference": (
            "The scale of the difference, the same for every change and picture: black is none, the "
            "brightest colour is 64 of 255 or more."
        ),
        "explain_truth": (
            "How far the pixels under a cell move, of 255, when it may not look at these cells: the mean of "
            "all trials. After Serrano & Smith 2019, arXiv 1906.03731."
        ),
        "explain_way": "How far along the way from one sample's noise to the other's this picture lies.",
        "explain_links": "How many links are drawn: the strongest of the layer and head in view.",
        "explain_strength": "How strongly the map darkens and tints the picture: at 0 % it cannot be seen.",
        "explain_step": (
            "[[step|Steps]] of training: how often both networks had been improved at this moment."
        ),
        "explain_distance": (
            "How far it looks on average, in pixels of the picture: distances between cells, averaged by the "
            "weights (Dosovitskiy et al. 2021, arXiv 2010.11929)."
        ),
        "explain_moved": (
            "Share of the pixels that change visibly, by more than 8 of 255, when this layer or head is "
            "[[ablation|switched off]] and the same noise is drawn again."
        ),
        "explain_query": "The [[query]]: what this cell asks for, one number for each width of the head.",
        "explain_score": "The [[score]]: how well the key answers, q·k over the root of the query's width.",
        "explain_best": (
            "How well the best key answers: query times key, summed, over the root of their width."
        ),
        "explain_softmax": (
            "[[softmax|Softmax]]: scores become weights that sum to 1, e to the score, over the sum of that "
            "for all keys."
        ),
        "explain_summed": (
            "The [[sum|weighted sum]] s: the values of all keys, each times its weight, added up."
        ),
        "explain_added": (
            "The weighted sum s of the [[value|values]] goes through the output projection W and is scaled "
            "by the gate: this is the length of what the cell's features get from this head."
        ),
        "explain_key": "The cell whose [[key]] answers, by its pixels; the heaviest first.",
        "explain_product": "Query times key, number by number, summed.",
        "explain_exponential": "e to the score: always above 0, and steep.",
        "explain_weight": "The [[weight]]: the share of this pixel's attention, e^score over the sum of all.",
        "explain_length": "Length of what this key alone adds: gate × weight × |value × W|.",
    },
    "zh-CN": {
        "canvas_why": "这些数字的含义",
        "explain_looks": (
            "这句话说的是框出的窗口：它含有最亮的格子及其周围亮的部分，以及这个像素的注意力有多少落在那里。"
            "[[even|均匀]]时是指所有格子相同的情形。"
        ),
        "explain_seen": (
            "这句话说的是框出的窗口：它含有最亮的格子及其周围亮的部分，以及对这个像素的注意力有多少来自那里。"
            "[[even|均匀]]时是指各处同样看它的情形。"
        ),
        "explain_contribution": (
            "[[contribution|贡献]]：权重的作用取决于它所带的值：权重 × 值经输出投影后的长度 × 门控（"
            "Kobayashi 等 2020，arXiv 2004.10102），因为落在空值上的大权重什么也带不来。这句话说的是框出的窗"
            "口。"
        ),
        "explain_rollout": (
            "[[rollout|注意力展开]]：沿各层往回追踪注意力和原样传下的部分，得到一个像素由什么构成"
            "（依据 Abnar 与 Zuidema 2020，arXiv 2005.00928）。"
            "其间的卷积不计入，颜色也不计它自身的位置。"
        ),
        "explain_flow": (
            "一条[[links|连线]]是一个格子看向另一个格子。只画最强的那些，句中说明它们占这一层注意力的多少；"
            "其余看不到。看向自身位置的不算连线。被看最多之处（已框出）按全部连线计算。"
        ),
        "explain_cell": (
            "像素所在的格子，以及这一层的图有多少格子。图片上的位置都以图片的像素表示：列、行，"
            "从左上角的 0, 0 数起；8–11 指 8 到 11。较粗的层中一个格子覆盖多个像素。"
        ),
        "explain_largest": "这张图的最大值，以及它所在格子的像素。",
        "explain_here": "指针下格子的值，以及它是全图平均值的多少倍。",
        "explain_top": "最亮的颜色所代表的值。",
        "explain_even": (
            "[[even|均匀份额]]，即所有格子相同时每个格子的值：色条上的标记。更多的格子着色；更少的变暗并画上"
            "斜线。"
        ),
        "explain_gate": "[[gate|门控]]：这一层的注意力有多少加入图片特征。0 表示什么也不加；训练从 1 开始。",
        "explain_spread": "[[spread|分散度]]：权重的熵与均匀权重之比：0 % 只看一个格子，100 % 均匀地看各处。",
        "explain_change": (
            "两张图片相差多少：一个像素的任一颜色相差超过 255 中的 8 即算明显不同；"
            "最大相差是对所有像素的所有颜色而言。"
        ),
        "explain_difference": (
            "差异的色标，对每次改动和每张图片都相同：黑色为没有差异，最亮的颜色为 255 中的 64 或以上。"
        ),
        "explain_truth": (
            "当一个格子不许看这些格子时，它之下的像素移动多少（满值 255）：所有试验的平均。"
            "依据 Serrano 与 Smith 2019，arXiv 1906.03731。"
        ),
        "explain_way": "这张图片位于从一个样本的噪声到另一个样本的噪声的途中多远处。",
        "explain_links": "画出多少条连线：当前层和头中最强的那些。",
        "explain_strength": "注意力图使图片变暗和着色的程度：0 % 时看不见。",
        "explain_step": "训练[[step|步]]数：到此刻两个网络被改进了多少次。",
        "explain_distance": (
            "平均看多远，以图片像素计：格子之间的距离按权重平均（Dosovitskiy 等 2021，arXiv 2010.11929）。"
        ),
        "explain_moved": (
            "[[ablation|关闭]]这一层或这个头、用同样的噪声重画时，有可见变化（超过 255 中的 8）的像素所占比"
            "例。"
        ),
        "explain_query": "[[query|查询]]，即这个格子所询问的内容：头的每一维一个数。",
        "explain_score": "[[score|得分]]，即键的回答有多好：q·k 除以查询宽度的平方根。",
        "explain_best": "最佳键的回答有多好：查询与键逐项相乘求和，再除以宽度的平方根。",
        "explain_softmax": "[[softmax|softmax]]：得分变为总和为 1 的权重：e 的得分次方，除以所有键的总和。",
        "explain_summed": "[[sum|加权和]] s：所有键的值各乘以权重后相加。",
        "explain_added": (
            "[[value|值]]的加权和 s 经过输出投影 W，再乘以门控：这是该格子的特征从这个头得到的量的长度。"
        ),
        "explain_key": "以其[[key|键]]作答的格子，以像素表示；权重大的在前。",
        "explain_product": "查询与键逐项相乘再求和。",
        "explain_exponential": "e 的得分次方：总大于 0，而且增长很陡。",
        "explain_weight": "[[weight|权重]]，即占这个像素注意力的比例：e^得分 除以总和。",
        "explain_length": "仅由这个键加入的量的长度：门控 × 权重 × |值 × W|。",
    },
}
