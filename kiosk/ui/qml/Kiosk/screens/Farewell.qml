import QtQuick
import Daozhen.Controls
import Daozhen.ViewModels

Item {
    id: root

    required property FarewellViewModel vm

    Column {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.sp.xl
        spacing: Theme.sp.xl

        MoonGate {
            anchors.horizontalCenter: parent.horizontalCenter
            px: Theme.landscape ? 420 : 600
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            role: "display"
            text: qsTr("Get well soon")
        }

        Txt {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            color: Theme.c.ink2
            text: qsTr("What you said has been wiped from this screen.")
        }
    }

    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        longPressThreshold: 0
        onTapped: root.vm.finish()
    }
}
