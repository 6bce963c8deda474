import QtQuick

// How urgent: colour, shape and numeral together. Patients see a picture (`glyph`), the desk the numeral.
Item {
    id: root

    property int level: 3
    property int px: 44
    property string glyph
    readonly property var look: Theme.acuity[level]

    implicitWidth: px
    implicitHeight: px

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Level %1").arg(level)

    // The rim gives the yellow an edge, too.
    Icon {
        px: root.px
        name: "level" + root.level
        tint: root.look.text
    }

    Icon {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: root.level === 2 ? root.px * 0.015 : 0
        px: Math.round(root.px * 0.88)
        name: "level" + root.level
        tint: root.look.fill
    }

    Icon {
        anchors.centerIn: parent
        visible: name !== ""
        name: root.glyph
        px: Math.round(root.px * 0.56)
        tint: root.look.on
    }

    Txt {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: (root.level === 2 ? root.px * 0.15 : 0) - root.px * 0.03
        visible: root.glyph === ""
        spoken: false
        text: ["", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"][root.level]
        color: root.look.on
        lineHeight: 1
        font {
            pixelSize: Math.round(root.px * (root.level === 2 ? 0.42 : 0.5))
            weight: Font.Bold
        }
    }
}
