import QtQuick

// The helpers, at the same place on every screen, within reach of a seated person; the nurse is always the last.
// At home: language, lower, big text, contrast, read, nurse. Later: back, end, big text, contrast (or lower while it is
// on), read, nurse.
Rectangle {
    id: root

    property bool home: false
    property string otherLanguage
    property bool canGoBack: false
    property bool canRead: true
    property bool reading: false
    readonly property bool lowThere: home || Theme.low
    readonly property bool contrastThere: home || !Theme.low
    readonly property real field: (width - 2 * Theme.sp.l - 5 * Theme.sp.s) / 6
    readonly property real fieldHeight: height - 2 * Theme.sp.s - 8

    signal languageAsked
    signal backAsked
    signal endAsked
    signal bigTextAsked
    signal contrastAsked
    signal lowAsked
    signal readAsked
    signal nurseAsked

    implicitHeight: Theme.landscape ? 156 : 196
    color: Theme.c.surface

    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Helpers")

    Rectangle {
        width: parent.width
        height: Theme.bw.hair
        color: Theme.c.line
    }

    Row {
        anchors.centerIn: parent
        spacing: Theme.sp.s

        DockField {
            objectName: "dockLanguage"
            visible: root.home
            width: root.field
            height: root.fieldHeight
            openWords: true
            icon: "globe"
            // In the language it leads to, so that whoever needs it can read it.
            text: root.otherLanguage
            onClicked: root.languageAsked()
        }

        DockField {
            objectName: "dockBack"
            visible: !root.home
            width: root.field
            height: root.fieldHeight
            icon: "back"
            text: qsTr("Back")
            steady: false
            off: !root.canGoBack
            onClicked: root.backAsked()
        }

        DockField {
            objectName: "dockEnd"
            visible: !root.home
            width: root.field
            height: root.fieldHeight
            icon: "end"
            text: qsTr("End")
            steady: false
            onClicked: root.endAsked()
        }

        DockField {
            objectName: "dockLow"
            visible: root.home
            width: root.field
            height: root.fieldHeight
            icon: "lowreach"
            text: qsTr("Lower")
            on: Theme.low
            onClicked: root.lowAsked()
        }

        DockField {
            objectName: "dockBigText"
            width: root.field
            height: root.fieldHeight
            icon: "textsize"
            text: qsTr("Big text")
            on: Theme.big > 1
            onClicked: root.bigTextAsked()
        }

        DockField {
            objectName: "dockContrast"
            visible: root.contrastThere
            width: root.field
            height: root.fieldHeight
            icon: "contrast"
            text: qsTr("Contrast")
            on: Theme.mode === "contrast"
            onClicked: root.contrastAsked()
        }

        DockField {
            objectName: "dockLow"
            visible: !root.home && root.lowThere
            width: root.field
            height: root.fieldHeight
            icon: "lowreach"
            text: qsTr("Lower")
            on: Theme.low
            onClicked: root.lowAsked()
        }

        DockField {
            objectName: "dockRead"
            width: root.field
            height: root.fieldHeight
            icon: "speaker"
            text: qsTr("Read")
            off: !root.canRead
            on: root.reading
            onClicked: root.readAsked()
        }

        DockField {
            objectName: "dockNurse"
            width: root.field
            height: root.fieldHeight
            icon: "nurse"
            text: qsTr("Nurse")
            // Not drawn: whoever hears it uses the keypad.
            hint: root.reading ? qsTr("or hold 0") : ""
            help: true
            onClicked: root.nurseAsked()
        }
    }
}
