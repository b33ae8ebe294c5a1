"""Terms of attention: who looks where, how much, and what comes of it."""

from demo.words.glossary.entry import Entry

TERMS: dict[str, dict[str, Entry]] = {
    "en": {
        "attention": Entry(
            "attention",
            "While it draws one cell, the network looks at all cells and takes something from each. How much "
            "from which is its attention.",
            "a cell looks at two: [0.7] [0.3], more at the left one",
        ),
        "layer": Entry(
            "layer",
            "A stage of the network, named by the size that the picture has there. Some of them have "
            "attention.",
            "one cell at 8 px [0.5] becomes finer cells at 16 px [0.4] [0.6]",
        ),
        "head": Entry(
            "head",
            "A layer looks several times at once. Each of these heads has queries, keys and values of its "
            "own.",
            "head 1 looks left [0.9] [0.1]\nhead 2 looks right [0.1] [0.9]",
        ),
        "mean": Entry(
            "mean of heads",
            "The weights of all heads of a layer, averaged cell by cell.",
            "[0.9] [0.1] and [0.1] [0.9] → [0.5] [0.5]",
        ),
        "query": Entry(
            "query",
            "What a cell asks for, as a few numbers.",
            "q = [1] [0] asks for cells that have the first thing",
        ),
        "key": Entry(
            "key",
            "What a cell can be found by, as a few numbers. Queries are compared with it.",
            "q [1] [0] · k [1] [1] = 1×1 + 0×1 = 1",
        ),
        "value": Entry(
            "value",
            "What a cell hands on to those that look at it, as a few numbers.",
            "v [0.2] [0.8] looked at with weight 0.5 brings [0.1] [0.4]",
        ),
        "score": Entry(
            "score",
            "How well a key answers a query: both multiplied number by number and summed, over the root of "
            "how many numbers they have.",
            "q [2:1] [0] · k [1] [1] = 2; two numbers each: 2 / √2 = 1.41",
        ),
        "softmax": Entry(
            "softmax",
            "Turns scores into weights: all above 0, together 1. The largest score gets by far the most.",
            "scores [2:1] [0] → weights [0.88] [0.12]",
        ),
        "weight": Entry(
            "weight",
            "The share of its attention that one cell gives to another. All weights of a cell sum to 1.",
            "[0.9] + [0.1] = 1",
        ),
        "sum": Entry(
            "weighted sum",
            "Every value times its weight, added up: what attention brings to a cell.",
            "0.9 × [1] + 0.1 × [0] = [0.9]",
        ),
        "gate": Entry(
            "gate",
            "How much of a layer's attention is added to the picture: picture + gate × attention. At 0 it "
            "adds nothing.",
            "[0.2] + 0.5 × [0.6] = [0.5]",
        ),
        "even": Entry(
            "even share",
            "What every cell would get if all got the same.",
            "[0.5] [0.5] is even\n[0.9] [0.1]: the left one has 1.8 times the even share",
        ),
        "spread": Entry(
            "spread",
            "How widely it looks: 0 % at a single cell, 100 % at all alike. It is the entropy of the "
            "weights, over the largest that it can be.",
            "[0.5] [0.5] → 100 %\n[1] [0] → 0 %",
        ),
        "contribution": Entry(
            "contribution",
            "The weight times the length of what the value brings. A large weight on a value of nothing "
            "brings nothing.",
            "0.9 × [0] = 0, but 0.1 × [1] = 0.1",
        ),
        "rollout": Entry(
            "rollout",
            "Attention followed back through several layers, counting what each of them hands on unchanged.",
            "kept [1] [0], looked at [0] [1], with a gate of 1 → [0.5] [0.5]",
        ),
        "links": Entry(
            "links",
            "A link is one cell looking at another, drawn as a line that is thick where it looks. Only the "
            "strongest are drawn.",
            "the left cell has the weights [0.1] [0.9]: one link to the right, of 0.9",
        ),
        "ablation": Entry(
            "switching off",
            "A layer, a head or a look is removed and the same noise drawn again (in papers: ablation). What "
            "changes is what it was used for.",
            "with it [0.2] [0.8]\nwithout it [0.2] [0.3]: the right pixel used it",
        ),
    },
    "zh-CN": {
        "attention": Entry(
            "注意力",
            "画一个格子时，网络会看所有的格子，并从每个格子取一点东西。从哪里取多少，就是它的注意力。",
            "一个格子看两个格子：[0.7] [0.3]，左边的看得多",
        ),
        "layer": Entry(
            "层",
            "网络的一级，以图片在那里的大小命名。其中一些层带有注意力。",
            "8 像素处的一个格子 [0.5] 在 16 像素处变为更细的格子 [0.4] [0.6]",
        ),
        "head": Entry(
            "头",
            "一层同时看好几遍。每一遍由一个头来看，它有自己的查询、键和值。",
            "第 1 头看左边 [0.9] [0.1]\n第 2 头看右边 [0.1] [0.9]",
        ),
        "mean": Entry(
            "各头的平均",
            "一层所有头的权重，逐个格子取平均。",
            "[0.9] [0.1] 与 [0.1] [0.9] → [0.5] [0.5]",
        ),
        "query": Entry(
            "查询",
            "一个格子想找什么，写成几个数。",
            "q = [1] [0] 想找有第一样东西的格子",
        ),
        "key": Entry(
            "键",
            "一个格子凭什么被找到，写成几个数。查询与它相比较。",
            "q [1] [0] · k [1] [1] = 1×1 + 0×1 = 1",
        ),
        "value": Entry(
            "值",
            "一个格子交给看它的格子的东西，写成几个数。",
            "v [0.2] [0.8] 以权重 0.5 被看，带来 [0.1] [0.4]",
        ),
        "score": Entry(
            "得分",
            "键与查询有多相配：两者逐项相乘后相加，再除以项数的平方根。",
            "q [2:1] [0] · k [1] [1] = 2；各有两项：2 / √2 = 1.41",
        ),
        "softmax": Entry(
            "softmax",
            "把得分变成权重：每个都大于 0，总和为 1。得分最高的拿走大部分。",
            "得分 [2:1] [0] → 权重 [0.88] [0.12]",
        ),
        "weight": Entry(
            "权重",
            "一个格子给另一个格子的注意力所占的份额。一个格子的所有权重总和为 1。",
            "[0.9] + [0.1] = 1",
        ),
        "sum": Entry(
            "加权和",
            "每个值乘以它的权重再相加：注意力带给一个格子的东西。",
            "0.9 × [1] + 0.1 × [0] = [0.9]",
        ),
        "gate": Entry(
            "门控",
            "一层的注意力有多少加入图片：图片 + 门控 × 注意力。为 0 时什么也不加。",
            "[0.2] + 0.5 × [0.6] = [0.5]",
        ),
        "even": Entry(
            "均匀份额",
            "若所有格子得到的一样多，每个格子会得到多少。",
            "[0.5] [0.5] 是均匀的\n[0.9] [0.1]：左边的是均匀份额的 1.8 倍",
        ),
        "spread": Entry(
            "分散度",
            "看得有多散：0 % 只看一个格子，100 % 同样地看所有格子。它是权重的熵与最大可能的熵之比。",
            "[0.5] [0.5] → 100 %\n[1] [0] → 0 %",
        ),
        "contribution": Entry(
            "贡献",
            "权重乘以值所带来的东西的长度。权重再大，值为零也带不来什么。",
            "0.9 × [0] = 0，而 0.1 × [1] = 0.1",
        ),
        "rollout": Entry(
            "注意力展开",
            "沿好几层往回追溯注意力，并计入各层原样传下的部分。",
            "保留 [1] [0]，看向 [0] [1]，门控为 1 → [0.5] [0.5]",
        ),
        "links": Entry(
            "连线",
            "一条连线是一个格子看另一个格子，画成线，被看的一端较粗。只画最强的那些。",
            "左边格子的权重 [0.1] [0.9]：一条通向右边的连线，强度 0.9",
        ),
        "ablation": Entry(
            "关闭",
            "去掉一层、一个头或一次观看，用同样的噪声重画（论文中称为消融）。改变之处就是它的用处。",
            "有它时 [0.2] [0.8]\n没有它 [0.2] [0.3]：右边的像素用到了它",
        ),
    },
}
