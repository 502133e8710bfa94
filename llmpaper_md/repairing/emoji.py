"""How usual emoji are in Markdown.

The words around an emoji that lost a byte say little of which one it was. Those that the language
model does not know are weighed by how often READMEs use them, in steps; and where several usual
ones leave the same bytes, as 📁 and 📝 do, none of them is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from .inversion import HOLE
from .lattice_hole import Hole

_STEPS: Final = {
    6000.0: "🚀🎯📋📊🔧🔄📝🔍📈🎉📚💡🔥",
    2500.0: "🤖📁📦🔐🔒🎨🧪📖👍🌐🔗📄💬🤝🐛🔴🟢🟡💻🤗📌🌟👉🚨🛠🏗",
    800.0: (
        "💾📂👤👥🔑🏆🎓📱📅🧠🙏📢🔎💰📞🎭👆🧬🚧👋🛡🖥📷🎮🎬🎵📣📰🔬🧩🔵🟠🟣👇🎁👀💪📃📜📧📡"
        "📍💼🏠🌍🐍🐳🦀"
    ),
    250.0: (
        "🔹🔸🔶🔷🔲🔳🔘🔻🔺🔨🔩🔭🔮🔰🔔🔕🔖🔌🔋🔊🔇🔁🔀🔃🔂🔙🔚🔛🔜🔝🔟🔠🔡🔢🔣🔤🗂🗃🗄🗑🗒🗓🗜🗝"
        "🗞🗡🗣🗺🖊🖋🖌🖍🖐🖖🖨🖱🖲🖼📀📆📇📉📎📏📐📑📒📓📔📕📗📘📙📛📟📠📤📥📨📩📪📫📬📭📮📯📲📳"
        "📴📵📶📸📹📺📻📼🔅🔆🔈🔉🔏🔓🔦🔪🔫😀😁😂😃😄😅😆😇😉😊😋😎😍😘🥰🤔🤣😢😭😱😡🙂🙃🤓🤩🥳😴"
        "🤯🥺😏😬🤷🙋🙌👏👌🤞🤘👊💯💥💫💦💨💖💕💗💓💔💙💚💛💜🖤🤍🧡💎💵💳💸💹💺💽💿💊💉💈💣💤💢💭"
        "🎈🎊🎋🎄🎃🎅🎆🎇🎀🎂🎤🎥🎧🎪🎫🎰🎱🎲🎳🎸🎹🎺🎻🎼🎾🎿🏀🏁🏂🏃🏅🏈🏊🏋🏖🏙🏛🏡🏢🏥🏦🏪🏫🏭"
        "🏰🏷🏹🏻🌈🌊🌋🌎🌏🌑🌓🌕🌙🌚🌝🌞🌠🌱🌲🌳🌴🌵🌷🌸🌹🌺🌻🌼🌽🌿🍀🍁🍂🍃🍄🍇🍉🍊🍋🍌🍎🍏🍒🍓"
        "🍔🍕🍖🍜🍣🍦🍩🍪🍫🍬🍭🍰🍳🍴🍵🍷🍸🍹🍺🍻🍽🍿🐇🐈🐉🐌🐎🐑🐒🐔🐕🐘🐙🐚🐜🐝🐞🐟🐠🐢🐣🐤🐥🐦"
        "🐧🐨🐬🐭🐮🐯🐰🐱🐲🐴🐵🐶🐷🐸🐹🐺🐻🐼🐾👁👂👃👄👎👐👑👓👔👕👗👚👛👜👟👠👣👦👧👨👩👪👫👮👯"
        "👱👶👷👸👻👼👽👾👿💀💁💂💃💄💅💆💋💌💍💏💑💒💝💞💟💠💧💩💲💴💷🤐🤑🤒🤕🤙🤛🤜🤟🤠🤡🤤🤥🤦"
        "🤧🤨🤫🤬🤭🤮🤲🤳🤵🤹🥇🥈🥉🥊🥋🥕🥗🥘🥚🥛🥞🥦🥪🦁🦄🦅🦆🦇🦉🦊🦋🦍🦎🦑🦒🦓🦔🦖🦙🦚🦜🦝🦥🦦"
        "🦧🦩🦮🦴🦸🦹🦾🦿🧀🧁🧊🧐🧑🧒🧓🧔🧘🧙🧚🧛🧜🧞🧟🧢🧭🧮🧯🧰🧱🧲🧳🧵🧶🧷🧸🧹🧺🧻🧼🧽🧾🧿🩸🩹"
        "🩺🪄🪐🪓🪙🪛🪝🪞🪟🪢🪣🪤🪦🪧🪨🪪🪲🪳🪴🪵🪶🫀🫂🫡🫶🚁🚂🚄🚅🚆🚇🚌🚍🚏🚑🚒🚓🚕🚗🚘🚙🚚🚛🚜"
        "🚞🚢🚣🚤🚥🚦🚩🚪🚫🚭🚮🚲🚶🚷🚿🛁🛂🛍🛎🛑🛒🛢🛣🛤🛩🛫🛬🛰🛳🛴🛸🟤🟥🟦🟧🟨🟩🟪🟫"
    ),
}
USUAL: Final = {emoji: weight for weight, step in reversed(_STEPS.items()) for emoji in step}
"""The weights of emoji beyond U+FFFF, against 1 for any ideograph that is hardly ever used."""

IN_BOXES: Final = {"┐": 600.0}
"""What the model gives too little: it was made without code, where boxes are drawn, and Windows has
no sign for the last byte of this corner."""

PRESENTATION: Final = "\ufe0f"
"""What turns a sign into an emoji."""
_TURNED: Final = dict.fromkeys(
    "‼⁉ℹ↔↕↖↗↘↙↩↪⌨⏏⏭⏮⏯⏱⏲⏸⏹⏺Ⓜ▪▫▶◀◻◼☀☁☂☃☄☎☑☘☝☠☢☣☦☪☮☯☸☹☺♀♂♟♠♣♥♦♨♻♾⚒⚔⚕⚖⚗⚙⚛⚜⚠⚧⚰⚱⛈⛏⛑⛓⛩⛰⛱⛴⛷⛸⛹✂✈✉✌✍✏✒✔✖✝✡✳✴❄❇❣❤"
    "➡⤴⤵⬅⬆⬇⭐✅❌❗〰〽㊗㊙",
    1000.0,
)


def before_presentation(text: str, holes: Sequence[Hole]) -> Sequence[Hole]:
    """Weigh damaged characters before U+FE0F: that is after signs that it turns into emoji.

    Args:
        text: a line, with `HOLE` for each damaged character.
        holes: the damaged characters, from left to right.

    Returns:
        The damaged characters, some of them with other weights.
    """
    if PRESENTATION not in text and not any(PRESENTATION in _texts(hole) for hole in holes):
        return holes
    weighed = list(holes)
    for number, after in enumerate(text.split(HOLE)[1:]):
        following = holes[number + 1] if not after and number + 1 < len(holes) else None
        if after.startswith(PRESENTATION) or (following and PRESENTATION in _texts(following)):
            weighed[number] = holes[number].with_weights(_TURNED)
    return weighed


def _texts(hole: Hole) -> set[str]:
    return {candidate.text for candidate in hole.least}
