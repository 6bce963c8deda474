pragma ComponentBehavior: Bound

import QtQuick

// A text in one of the design's roles. `spoken` is false inside a control that speaks the words itself. Words that are
// not our own are read to headphones only; `openWords` lets the lobby hear them, `personal` keeps ours from it.
Text {
    id: root

    property string role: "body"
    property bool strong: false
    property bool spoken: true
    property bool personal: false
    property bool openWords: false
    // What stands over the parts below it stays on one step with the first of them.
    property bool heads: false
    // The focus begins at the title, so that nothing is chosen by a key pressed twice.
    property bool stop: role === "title" || role === "display"

    color: Theme.c.ink
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    // Said outright, so that it turns with the page and not with the letters.
    horizontalAlignment: Text.AlignLeft
    lineHeight: Theme.type[role].lineHeight
    font {
        family: Theme.family
        pixelSize: Math.round(Theme.size(role) * (role === "title" || role === "display" ? Theme.titleFactor : 1))
        weight: strong || Theme.type[role].weight === 700 ? Font.Bold : Font.Normal
    }

    activeFocusOnTab: stop && spoken && text !== ""

    Accessible.ignored: !spoken || text === ""
    Accessible.role: role === "title" || role === "display" ? Accessible.Heading : Accessible.StaticText
    Accessible.name: Theme.plain(text)

    Loader {
        anchors.fill: parent
        active: root.stop

        sourceComponent: FocusRing {
            on: root.activeFocus
        }
    }
}
