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

        anchors {
            left: parent.left
            verticalCenter: parent.verticalCenter
        }
        // How far it is counts more than whose kiosk it is.
        visible: !Theme.largest || root.frame.step === ""
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
            id: hospital

            visible: root.frame.done < 0 || root.width - 76 - implicitWidth - Theme.sp.xl >= progress.wanted
            anchors.verticalCenter: parent.verticalCenter
            role: "label"
            strong: true
            openWords: true
            width: Math.min(implicitWidth, root.width - 76)
            text: root.frame.hospital
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: 28
            bottomPadding: 4
        }
    }

    ProgressSteps {
        id: progress

        anchors {
            right: parent.right
            verticalCenter: parent.verticalCenter
        }
        visible: root.frame.done >= 0
        width: brand.visible ? Math.min(900, root.width - brand.width - Theme.sp.xl) : root.width
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
