import QtQuick

// A text whose words are never broken: it gets smaller until its longest word fits into `room`, and where that saves a
// second line, until all of it does. Chinese has no spaces: a short text is one word.
Txt {
    id: root

    property real room: 0
    // The usual size, which the fitting starts from.
    property int full: Math.round(Theme.size(role) * (role === "title" || role === "display" ? Theme.titleFactor : 1))
    property real smallest: 0.72
    // Small enough for one line, where that is not too small.
    property bool oneLine: true
    readonly property string longest: text.split(/\s+/).reduce((one, other) => other.length > one.length ? other : one, "")
    readonly property real whole: room / Math.max(1, all.advanceWidth)
    readonly property real word: room / Math.max(1, part.advanceWidth)
    readonly property real fit: room <= 0 || whole >= 1 ? 1 : oneLine && whole >= smallest ? whole : Math.max(0.6, Math.min(1, word))

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
        text: /[\u3000-\u9fff]/.test(root.text) ? "" : root.longest
    }
}
