import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// The microphone: what it does, the words as they come, how loud, and the button that is held while talking.
Card {
    id: root

    required property ComplaintViewModel vm
    readonly property bool roomForMeter: height >= 600 && !Theme.largest
    // Low and wide, the button stands beside the words: whoever speaks sees both.
    readonly property bool beside: Theme.largest && Theme.landscape
    readonly property real column: Math.max(button.width + Theme.sp.xl, held.implicitWidth)
    // The status, two lines of words and the button.
    readonly property real least: beside ? 2 * Math.ceil(words.font.pixelSize * 1.45) + said.implicitHeight + 3 * Theme.sp.l : Theme.largest ? 5 * Math.ceil(words.font.pixelSize * 1.45) + button.height + 2 * Theme.sp.xxxl : 480
    readonly property real loud: vm.listening && vm.levels.length > 0 ? vm.levels[vm.levels.length - 1] : 0

    tone: "accent"

    Flow {
        id: status

        x: Theme.sp.xl
        y: Theme.sp.l
        width: parent.width - 2 * x - (root.beside ? root.column + Theme.sp.l : 0)
        spacing: Theme.sp.s

        Item {
            visible: root.vm.listening || root.vm.recognising
            width: 22
            height: said.height

            Rectangle {
                anchors.centerIn: parent
                width: 22
                height: 22
                radius: 11
                color: Theme.c.accent
            }
        }

        Txt {
            id: said

            objectName: "speechStatus"
            visible: !(Theme.big > 1 && root.vm.advice !== "")
            width: Math.min(implicitWidth, status.width - 22 - Theme.sp.s)
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
            role: "label"
            strong: true
            color: Theme.c.accent
            text: root.vm.status
        }

        FittedTxt {
            visible: text !== ""
            width: Math.min(implicitWidth, room)
            room: status.width - (said.visible ? 0 : 22 + Theme.sp.s)
            smallest: Theme.big > 1 ? 1 : 0.83
            role: "label"
            color: Theme.c.ink2
            text: root.vm.advice
        }
    }

    // The end of what was said stays in sight.
    Item {
        id: page

        readonly property real room: (root.beside ? parent.height : root.roomForMeter ? meter.y : button.y - (Theme.largest ? 72 : 0)) - y - Theme.sp.xs
        readonly property real line: words.contentHeight / Math.max(1, words.lineCount)

        x: Theme.sp.xl
        y: status.y + status.height + Theme.sp.s
        width: status.width
        // Whole lines only.
        visible: room > line * 0.8
        height: Math.max(1, Math.floor(room / line)) * line
        clip: true

        Txt {
            id: words

            objectName: "liveWords"
            // An example is shown whole or not at all.
            visible: root.vm.liveWords !== "" || root.vm.problem !== "" || height <= page.height + 1
            y: Math.min(0, page.height - height)
            width: parent.width
            role: "heading"
            font.weight: Font.Normal
            lineHeight: 1
            color: root.vm.liveWords !== "" ? Theme.c.ink : root.vm.problem !== "" ? Theme.c.warn : Theme.c.ink2
            text: root.vm.liveWords !== "" ? root.vm.liveWords.replace(/[。.]$/, "") + "…" : root.vm.problem !== "" ? root.vm.problem : qsTr("For example: my knee has hurt for two weeks")
        }
    }

    LevelMeter {
        id: meter

        visible: root.roomForMeter
        anchors {
            left: parent.left
            right: parent.right
            bottom: button.top
            bottomMargin: Theme.sp.m
        }
        height: root.height >= 680 ? implicitHeight : 56
        levels: root.vm.levels
    }

    Pressable {
        id: button

        property alias holdMs: gesture.holdMs

        objectName: "talk"
        x: root.beside ? parent.width - Theme.sp.xl - (root.column + width) / 2 : (parent.width - width) / 2
        anchors {
            bottom: parent.bottom
            bottomMargin: root.beside ? held.height + Theme.sp.m : Theme.largest ? Theme.sp.xxxl : Theme.sp.l
        }
        width: 232
        height: 232
        text: root.vm.listening ? qsTr("I have said it") : qsTr("Hold to talk")
        Accessible.onPressAction: gesture.toggle()

        FocusRing {
            on: button.activeFocus
            r: width / 2
        }

        Rectangle {
            anchors.centerIn: parent
            width: 232 + 48 * root.loud
            height: width
            radius: width / 2
            color: Theme.c.accentTint2

            Behavior on width {
                NumberAnimation {
                    duration: Theme.motion.level
                }
            }
        }

        Rectangle {
            anchors.centerIn: parent
            anchors.verticalCenterOffset: button.down ? 3 : 0
            // Held down it is a little smaller, whether it listens or not.
            width: button.down ? 172 : 188
            height: width
            radius: width / 2
            color: button.down || root.vm.listening ? Theme.c.accentPressed : Theme.c.accent

            Icon {
                anchors.centerIn: parent
                name: root.vm.recognising ? "clock" : "mic"
                px: 96
                tint: Theme.c.onAccent
            }
        }
    }

    TalkGesture {
        id: gesture

        down: button.down
        listening: root.vm.listening
        onBegin: root.vm.talkPressed()
        onTapped: root.vm.talkTapped()
        onFinish: root.vm.talkReleased()
    }

    Txt {
        id: held

        visible: root.beside
        opacity: root.vm.recognising ? 0 : 1
        anchors {
            horizontalCenter: button.horizontalCenter
            bottom: parent.bottom
            bottomMargin: Theme.sp.s
        }
        spoken: false
        role: "label"
        color: Theme.c.ink2
        text: button.text
        wrapMode: Text.NoWrap
    }

    Txt {
        visible: !root.beside
        x: Theme.sp.xl
        anchors.verticalCenter: button.verticalCenter
        width: button.x - x - Theme.sp.m
        role: "label"
        color: Theme.c.ink2
        text: Theme.sideBySide || Theme.big > 1 ? qsTr("Hold to talk") : qsTr("Hold to talk.\nTake your time.")
    }

    Txt {
        visible: !root.beside
        anchors {
            right: parent.right
            rightMargin: Theme.sp.xl
            verticalCenter: button.verticalCenter
        }
        width: button.x - Theme.sp.xl - Theme.sp.m
        horizontalAlignment: Text.AlignRight
        role: "label"
        color: Theme.c.ink2
        text: root.vm.listening && !button.down ? qsTr("Tap again\nwhen done") : qsTr("Let go\nwhen done")
    }
}
