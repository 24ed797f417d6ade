/**
 * How the launcher and the panel look. Inside a shadow root, so that the host page's rules do not reach them; the
 * important rules on :host win over whatever the page says of every element.
 */

/** Where the open chat covers the whole screen. */
export const SMALL_SCREEN = '(max-width:480px),(max-height:480px)';

/** Notch and gesture bar. */
const CUT_OUTS =
  'env(safe-area-inset-top) env(safe-area-inset-right) env(safe-area-inset-bottom) env(safe-area-inset-left)';

export const STYLES = `
:host{all:initial!important;display:block!important;position:relative!important;z-index:2147483647!important;direction:ltr!important}
:host([hidden]){display:none!important}
section{font:16px/1.5 system-ui,sans-serif;color-scheme:light dark}
section>*{position:fixed;bottom:20px;right:20px;margin:${CUT_OUTS};box-shadow:0 2px 16px #0006}
.left>*{right:auto;left:20px}
button{min-height:44px;padding:0 20px;border:2px solid #fff;border-radius:30px;background:#0b5cad;color:#fff;font:inherit;font-weight:600;cursor:pointer}
:focus-visible{outline:3px solid #f9a825;outline-offset:2px}
.launcher{display:flex;align-items:center;gap:10px;height:60px;padding:0 20px 0 16px}
.launcher:before{content:"•••";width:28px;border-radius:14px 14px 14px 3px;background:#fff;color:#0b5cad;font:12px/24px system-ui;letter-spacing:1px}
b{position:absolute;top:-9px;right:-5px;min-width:14px;padding:0 6px;border:2px solid #fff;border-radius:20px;background:#b3261e;font-size:14px}
.panel{visibility:hidden;display:grid;grid:100%/100%;box-sizing:border-box;width:400px;height:min(640px,100vh - 40px);overflow:hidden;border-radius:16px;background:canvas;color:canvastext}
iframe{visibility:hidden;grid-area:1/1;width:100%;height:100%;border:0}
.cover{grid-area:1/1;display:grid;place-content:center;justify-items:center;gap:16px;text-align:center}
.open>.panel,.open.ready iframe{visibility:visible}
.open>.launcher,.ready .cover,.loading .failed,.failed .loading,b:empty{display:none}
@media ${SMALL_SCREEN}{
.launcher{padding:0 14px}
span{display:none}
.panel{top:0;left:0;width:100%;height:100%;margin:0;padding:${CUT_OUTS};border-radius:0}
}
@media print{section{display:none}}
`;
