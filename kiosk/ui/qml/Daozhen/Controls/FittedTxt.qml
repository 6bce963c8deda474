import QtQuick

// A text whose words are never broken: it gets smaller until its longest word fits into `room`, and where that is not
// too small, until all of it fits into `lines`. The words of Chinese are held together by joiners (line_breaks.py).
Txt {
    id: root

    property real room: 0
    // The usual size, which the fitting starts from.
    property int full: Math.round(Theme.size(role) * (role === "title" || role === "display" ? Theme.titleFactor : 1))
    property real smallest: 0.72
    // 0 is as many as it takes.
    property int lines: 1
    readonly property bool chinese: /[\u3000-\u9fff]/.test(text)
    readonly property string longest: (chinese ? text.match(/[\u3000-\u9fff](?:\u2060[\u3000-\u9fff])+/g) ?? [] : text.split(/[ \n]+/)).reduce((one, other) => other.length > one.length ? other : one, "")
    // Words leave the ends of lines empty.
    readonly property real whole: room * (lines > 1 ? 0.85 * lines : 1) / Math.max(1, all.advanceWidth)
    readonly property real word: part.text === "" ? 1 : room / Math.max(1, part.advanceWidth)
    readonly property real fit: room <= 0 || whole >= 1 && lines <= 1 ? 1 : lines > 0 && whole >= smallest ? Math.min(whole, word, 1) : Math.max(0.6, Math.min(1, word))

    font.pixelSize: Math.floor(full * fit)

    TextMetrics {
        id: all

        font: Qt.font({
            family: Theme.family,
            pixelSize: root.full,
            weight: root.strong || Theme.type[root.role].weight === 700 ? Font.Bold : Font.Normal
        })
        text: root.text.replace(/\n/g, " ")
    }

    TextMetrics {
        id: part

        font: all.font
        text: root.longest
    }
}
