import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Are you there? Any touch outside the second button says yes.
Item {
    id: root

    required property FrameViewModel frame
    readonly property real side: Theme.largest || (Theme.big > 1 && Theme.landscape) ? 280 : Theme.landscape ? 360 : 420

    visible: frame.warning
    enabled: visible

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: 120
        color: Theme.c.paper
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: root.frame.stillHere()
    }

    CountRing {
        id: ring

        // The words count, too.
        visible: !(Theme.largest && Theme.landscape)

        anchors {
            left: parent.left
            leftMargin: Theme.landscape ? Theme.sp.xl + (740 - width) / 2 : (parent.width - width) / 2
        }
        y: Theme.landscape ? (Theme.big > 1 ? 130 : 160) : Theme.largest ? 150 : Theme.low ? 420 : 240
        width: root.side
        height: root.side
        remaining: root.frame.secondsLeft
        of: root.frame.secondsAllowed
    }

    Column {
        anchors {
            left: parent.left
            leftMargin: Theme.sp.xl
            top: ring.visible ? ring.bottom : parent.top
            topMargin: !ring.visible ? 148 : Theme.largest ? Theme.sp.m : Theme.landscape ? Theme.sp.l : Theme.sp.xxl
        }
        width: Theme.landscape ? 740 : parent.width - 2 * Theme.sp.xl
        spacing: Theme.sp.s

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: Theme.landscape ? "title" : "display"
            text: qsTr("Are you there?")
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.c.ink2
            text: qsTr("In %1 seconds your words are wiped. Nobody after you can see them.").arg(root.frame.secondsLeft)
        }
    }

    Column {
        anchors {
            right: parent.right
            rightMargin: Theme.sp.xl
            bottom: parent.bottom
            bottomMargin: Theme.sp.xl
        }
        width: Theme.landscape ? parent.width - 740 - 3 * Theme.sp.xl - 16 : parent.width - 2 * Theme.sp.xl
        spacing: Theme.sp.m

        BigButton {
            objectName: "stillHere"
            width: parent.width
            height: Math.max(208, implicitHeight)
            kind: "primary"
            icon: "check"
            iconPx: 72
            text: qsTr("I am here, go on")
            onClicked: root.frame.stillHere()
        }

        BigButton {
            objectName: "wipeNow"
            width: parent.width
            height: Math.max(160, implicitHeight)
            icon: "end"
            text: qsTr("Finish and wipe now")
            onClicked: root.frame.end()
        }
    }
}
