import QtQuick

// A text in one of the design's roles. `spoken` is false inside a control that speaks the words itself.
Text {
    id: root

    property string role: "body"
    property bool strong: false
    property bool spoken: true

    color: Theme.c.ink
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
    lineHeight: Theme.type[role].lineHeight
    font {
        family: Theme.family
        pixelSize: Math.round(Theme.size(role) * (role === "title" || role === "display" ? Theme.titleFactor : 1))
        weight: strong || Theme.type[role].weight === 700 ? Font.Bold : Font.Normal
    }

    Accessible.ignored: !spoken || text === ""
    Accessible.role: role === "title" || role === "display" ? Accessible.Heading : Accessible.StaticText
    Accessible.name: text
}
