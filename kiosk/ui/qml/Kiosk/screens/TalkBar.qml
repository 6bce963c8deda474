import QtQuick
import Daozhen.Controls

// Push to talk as a bar under the choices.
BigButton {
    id: root

    property bool listening: false
    property bool recognising: false
    property string words
    property string rest
    property alias holdMs: gesture.holdMs

    signal begin
    signal tapped
    signal finish

    objectName: "talk"
    icon: recognising ? "clock" : "mic"
    kind: listening ? "primary" : "secondary"
    text: recognising ? qsTr("One moment, understanding…") : listening ? qsTr("Listening, let go when done") : rest
    hint: words
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
