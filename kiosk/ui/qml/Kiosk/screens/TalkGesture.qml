import QtQml

// Push to talk for every hand: hold and let go, or tap and talk; silence or a second tap ends it.
// Feed it `down` of the pressed control.
QtObject {
    id: root

    property bool down: false
    property bool listening: false
    // Shorter is a tap.
    property int holdMs: 500
    property bool stopping: false
    property double since: 0

    signal begin
    signal tapped
    signal finish

    function toggle(): void {
        if (listening) {
            finish();
        } else {
            begin();
            tapped();
        }
    }

    onDownChanged: {
        if (down && listening) {
            stopping = true;
        } else if (down) {
            since = Date.now();
            begin();
        } else if (stopping || Date.now() - since >= holdMs) {
            stopping = false;
            finish();
        } else {
            tapped();
        }
    }
}
