import QtQuick
import Daozhen.Controls

// Push to talk as a bar under the choices; `compact` says everything in one line.
BigButton {
    id: root

    property bool listening: false
    property bool recognising: false
    property string words
    property string rest
    property bool compact: false
    property alias holdMs: gesture.holdMs

    signal begin
    signal tapped
    signal finish

    objectName: "talk"
    icon: recognising ? "clock" : "mic"
    wordsRole: !compact || Theme.big === 1 ? "heading" : Theme.largest ? "caption" : "label"
    kind: listening ? "primary" : "secondary"
    text: compact && words !== "" ? words : recognising ? qsTr("One moment, understanding…") : listening ? qsTr("Listening, let go when done") : rest
    hint: compact ? "" : words
    Accessible.onPressAction: gesture.toggle()

    TalkGesture {
        id: gesture

        down: root.down
        listening: root.listening
        onBegin: root.begin()
        onTapped: root.tapped()
        onFinish: root.finish()
    }
}
