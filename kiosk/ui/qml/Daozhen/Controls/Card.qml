import QtQuick

// A panel: elevation is a border and a tint, never a shadow. A tappable card is a button.
// tone: plain, accent, sunk, good, warn, danger
Pressable {
    id: root

    property string tone: "plain"
    property bool tappable: false
    property bool chosen: false
    // A page in steps shows all of it or none.
    readonly property bool whole: true
    readonly property var tones: ({
            plain: [Theme.c.surface, Theme.c.line],
            accent: [Theme.c.accentTint, Theme.c.accentTint2],
            sunk: [Theme.c.sunk, Theme.c.sunk],
            danger: [Theme.c.dangerTint, Theme.c.danger],
            good: [Theme.c.goodTint, Theme.c.good],
            warn: [Theme.c.warnTint, Theme.c.warn]
        })

    off: !tappable

    Accessible.ignored: !tappable

    FocusRing {
        on: root.activeFocus
        r: Theme.rad.card
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.rad.card
        color: root.down ? Theme.c.accentTint2 : root.tones[root.tone][0]
        border {
            width: root.chosen ? Theme.bw.selected : Theme.bw.hair
            color: root.chosen ? Theme.c.accent : root.tappable ? Theme.c.outline : root.tones[root.tone][1]
        }
    }
}
