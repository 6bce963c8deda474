import QtQuick

Pad {}
