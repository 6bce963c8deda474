import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

// Who we are and how far the visit is; never anything about the patient.
Item {
    id: root

    required property FrameViewModel frame

    visible: frame.screen !== "emergency"

    Row {
        id: brand

        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.sp.s

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: 60
            height: 60
            radius: 30
            color: Theme.c.accent

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 18
                width: 34
                height: 34
                radius: 17
                color: Theme.c.paper
            }

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: 30
                width: 14
                height: 26
                radius: 7
                color: Theme.c.accent
            }
        }

        Txt {
            anchors.verticalCenter: parent.verticalCenter
            role: "label"
            strong: true
            openWords: true
            text: root.frame.hospital
            wrapMode: Text.NoWrap
            bottomPadding: 4
        }
    }

    ProgressSteps {
        anchors {
            right: parent.right
            verticalCenter: parent.verticalCenter
        }
        visible: root.frame.done >= 0
        width: Math.min(900, root.width - brand.width - Theme.sp.xl)
        done: root.frame.done
        total: root.frame.total
        text: root.frame.step
    }

    Txt {
        anchors {
            right: parent.right
            verticalCenter: parent.verticalCenter
        }
        visible: root.frame.done < 0
        role: "label"
        openWords: true
        color: Theme.c.ink2
        text: root.frame.step
        wrapMode: Text.NoWrap
    }
}
