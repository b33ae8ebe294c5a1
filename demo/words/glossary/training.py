"""Terms of the two networks: what they get, what they give, and how they learn."""

from demo.words.glossary.entry import Entry

TERMS: dict[str, dict[str, Entry]] = {
    "en": {
        "noise": Entry(
            "noise",
            "Random numbers, called z, from which a picture is drawn. Other noise gives another picture.",
            "z = [0.3] [0.8] gives one picture\nz = [0.9] [0.1] gives another",
        ),
        "seed": Entry(
            "seed",
            "A number that decides which random numbers come. The same seed always gives the same ones.",
            "seed 7 → [0.3] [0.8]\nseed 7 again → [0.3] [0.8]",
        ),
        "truncation": Entry(
            "truncation",
            "The noise times a factor. Below 1 its numbers are held nearer to 0: pictures get safer and less "
            "varied.",
            "0.5 × [0.8] [0.4] = [0.4] [0.2]",
        ),
        "generator": Entry(
            "generator",
            "The network that draws: noise goes in, a picture comes out.",
            "noise [0.3] [0.8] → pixels [0.1] [0.9]",
        ),
        "discriminator": Entry(
            "discriminator",
            "The network that judges whether a picture is real or fake. It learns against the generator.",
            "logits [3:1] rather real, [-2:0] rather fake",
        ),
        "real": Entry(
            "real and fake",
            "Real pictures are those to learn from; fake ones were drawn by the generator.",
            "real [0.1] [0.9]\nfake, not there yet [0.3] [0.6]",
        ),
        "logit": Entry(
            "logit",
            "The number that the discriminator gives a picture. Alone it means nothing; of two pictures, the "
            "one with the higher logit looks more real to it.",
            "logits [2:1] and [-1:0]: the first looks more real",
        ),
        "loss": Entry(
            "loss",
            "What a network tries to make small. The two networks are opponents, so neither ends at 0.",
            "discriminator [0.2], generator [0.9]: the generator is being found out",
        ),
        "step": Entry(
            "step",
            "One small improvement of both networks, learnt from one batch of pictures.",
            "loss before [0.9], one step later [0.8]",
        ),
    },
    "zh-CN": {
        "noise": Entry(
            "噪声",
            "一串随机数，记作 z，图片由它画出。换一批噪声，就是另一张图片。",
            "z = [0.3] [0.8] 画出一张\nz = [0.9] [0.1] 画出另一张",
        ),
        "seed": Entry(
            "种子",
            "决定会出现哪些随机数的一个数。同一个种子总是给出同样的随机数。",
            "种子 7 → [0.3] [0.8]\n再用种子 7 → [0.3] [0.8]",
        ),
        "truncation": Entry(
            "截断",
            "噪声乘以一个系数。小于 1 时，这些数更接近 0：图片更稳妥，变化更少。",
            "0.5 × [0.8] [0.4] = [0.4] [0.2]",
        ),
        "generator": Entry(
            "生成器",
            "负责画的网络：输入噪声，输出图片。",
            "噪声 [0.3] [0.8] → 像素 [0.1] [0.9]",
        ),
        "discriminator": Entry(
            "判别器",
            "判断一张图片是真是假的网络。它与生成器相互对抗地学习。",
            "logit [3:1] 较像真的，[-2:0] 较像假的",
        ),
        "real": Entry(
            "真与假",
            "真图是用来学习的图片；假图是生成器画的。",
            "真 [0.1] [0.9]\n假，还不太像 [0.3] [0.6]",
        ),
        "logit": Entry(
            "logit",
            "判别器给一张图片的数。单独看没有意义；两张图片相比，logit 高的在它看来更真。",
            "logit [2:1] 与 [-1:0]：前者看起来更真",
        ),
        "loss": Entry(
            "损失",
            "网络想要变小的量。两个网络是对手，所以谁也不会降到 0。",
            "判别器 [0.2]，生成器 [0.9]：生成器被识破了",
        ),
        "step": Entry(
            "步",
            "两个网络各改进一点点，从一批图片中学来。",
            "之前的损失 [0.9]，一步之后 [0.8]",
        ),
    },
}
