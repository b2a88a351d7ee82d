/** Colours, each once; text on its ground keeps 4.5:1 in both. Paper is always light. */
const COLOURS = `
:root{color-scheme:light;--paper:#efece5;--sheet:#fff;--soft:#f7f5f0;--line:#dfd9cd;--strong:#8d8678;--ink:#1b1917;--ink2:#4d4840;--ink3:#625c4c;--accent:#2c46a8;--good:#1b6440;--bad:#a02018}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--paper:#100f0d;--sheet:#1b1a17;--soft:#242320;--line:#36332d;--strong:#7c7568;--ink:#efece5;--ink2:#c9c3b7;--ink3:#a8a193;--accent:#a6b6ff;--good:#86d7a9;--bad:#ff9f94}}`;

const PAGE = `
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;padding:1.5rem;background:var(--paper);color:var(--ink);font:.875rem/1.45 -apple-system,BlinkMacSystemFont,'Segoe UI',Inter,Roboto,'Noto Sans',Ubuntu,'Liberation Sans',sans-serif;font-variant-numeric:lining-nums;overflow-wrap:anywhere}
h1,h2,h3,h4,p,ul,dl,dd{margin:0;padding:0}
ul{list-style:none}
a{color:var(--accent);text-underline-offset:.18em}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
.sheet{max-width:62rem;margin:0 auto;padding:2.25rem 2.5rem 1.75rem;background:var(--sheet);border:1px solid var(--line);border-radius:6px}
.code{font:.85em ui-monospace,'SF Mono',Menlo,Consolas,'Liberation Mono',monospace;color:var(--ink3);white-space:nowrap}
.top{padding-bottom:1.1rem;border-bottom:2px solid var(--ink)}
.over{color:var(--ink2)}
h1{font-size:1.75rem;line-height:1.2;font-weight:640;letter-spacing:-.015em;margin-top:.25rem;text-wrap:balance}
.facts-line{display:flex;flex-wrap:wrap;align-items:baseline;justify-content:space-between;gap:.25rem 1.5rem;margin-top:.35rem;font-size:1.0625rem;color:var(--ink2)}
.headline{font-size:1.5rem;font-weight:640;color:var(--ink);font-variant-numeric:tabular-nums lining-nums}
h2,article h3{font-size:1rem;font-weight:640;line-height:1.3}
.trail,.label{font-size:.8125rem;font-weight:600;color:var(--ink2)}
footer{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1.5rem;margin-top:2rem;padding-top:.75rem;border-top:1px solid var(--line);font-size:.8125rem;color:var(--ink3)}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}`;

const PARTS = `
.parties{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,20rem),1fr));gap:1.25rem 2.5rem;padding:1.25rem 0}
.party{min-width:0}
.party h2{font-size:.8125rem;font-weight:600;color:var(--ink3)}
.party .name{margin-top:.2rem;font-size:1.0625rem;font-weight:640;line-height:1.3}
.party .address{margin-top:.15rem;color:var(--ink2)}
.party .pairs{margin-top:.5rem}
.part{margin-top:1.5rem}
.part>h2,.part>h3{padding-bottom:.35rem;border-bottom:1px solid var(--strong)}
.part>h2:has(.unit),.part>h3:has(.unit){display:flex;flex-wrap:wrap;justify-content:space-between;align-items:baseline;gap:0 1rem}
.unit{font-size:.8125rem;font-weight:400;color:var(--ink3)}
.part>*+*{margin-top:.75rem}
.part>h2+table,.part>h3+table{margin-top:.1rem}
.block+.block{margin-top:.75rem}
.block .pairs{columns:2 20rem;column-gap:2.5rem}
.pairs>div{break-inside:avoid}
.pairs>div{display:grid;grid-template-columns:minmax(7rem,11rem) 1fr;gap:.1rem .75rem;padding:.1rem 0}
dt{color:var(--ink3)}
dd{min-width:0;unicode-bidi:isolate}
.facts{display:flex;flex-wrap:wrap;gap:.6rem 2rem}
.facts dt{font-size:.8125rem}
.cause{padding:.6rem .85rem;background:var(--soft);border-radius:5px}
.cause p{white-space:pre-line}
.text{white-space:pre-line;unicode-bidi:isolate}
.notes{margin-top:.15rem;font-size:.8125rem;color:var(--ink2)}
.notes li,td,th{unicode-bidi:isolate}
.run li{display:inline}
.run li+li::before{content:' · '}
.note{font-size:.8125rem;color:var(--ink3)}
.small{font-size:.8125rem}
.good{color:var(--good);font-weight:600}
.bad{color:var(--bad);font-weight:600}
.iban{white-space:nowrap}
.iban span{display:inline-block}
.iban span{margin-right:.3em}
.totals{width:min(100%,22rem);margin-left:auto}
.sums>div{display:flex;justify-content:space-between;gap:1rem;padding:.15rem .6rem}
.sums dd,.grand strong{font-variant-numeric:tabular-nums lining-nums;text-align:right}
.grand{display:flex;justify-content:space-between;align-items:baseline;gap:1rem;margin-top:.35rem;padding:.5rem .6rem;border-top:2px solid var(--ink);background:var(--soft);font-weight:600}
.grand strong{font-size:1.1875rem;font-weight:680}
nav+article{margin-top:2.5rem}
article+article{margin-top:3rem;padding-top:1.5rem;border-top:2px solid var(--ink)}
.doc-head h2{font-size:1.3125rem}
.doc-head p{margin-top:.15rem;color:var(--ink2)}`;

const TABLES = `
table{width:100%;border-collapse:collapse}
caption{padding:.4rem 0 .3rem;text-align:left;font-weight:600;color:var(--ink2);font-size:.8125rem}
.titled caption{padding:0}
th,td{padding:.4rem .5rem;text-align:left;vertical-align:top;font-weight:400;border-bottom:1px solid var(--line)}
thead th{font-size:.8125rem;font-weight:600;color:var(--ink2);vertical-align:bottom;border-bottom-color:var(--strong)}
th:first-child,td:first-child{padding-left:0}
th:last-child,td:last-child{padding-right:0}
.num{text-align:right;font-variant-numeric:tabular-nums lining-nums}
td.num,td.nb,.lines .n{white-space:nowrap}
.odd{white-space:normal;overflow-wrap:anywhere;text-decoration:underline dotted var(--bad);text-underline-offset:.2em}
thead th{overflow-wrap:break-word}
.lines .n{color:var(--ink3);font-variant-numeric:tabular-nums}
.lines .d{width:50%}
.lines .t{font-weight:600}
.refs .k{font-weight:600}`;

/** A narrow screen has no room for columns: each row becomes a card, each cell bears its label. */
const NARROW = `
@media screen and (max-width:40rem){
body{padding:0;background:var(--sheet)}
.sheet{padding:1.25rem 1rem;border:0;border-radius:0}
h1{font-size:1.4375rem}
.headline{font-size:1.3125rem}
.pairs>div{grid-template-columns:minmax(5.5rem,38%) 1fr}
table,tbody,tr,caption{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{padding:.5rem 0;border-bottom:1px solid var(--line)}
tbody th,tbody td,tbody th:first-child,tbody td:first-child{display:flow-root;width:auto;padding:.1rem 0 .1rem 40%;border:0;text-align:left}
tbody th::before,tbody td::before{content:attr(data-l);float:left;width:calc(66.66% - .75rem);margin-left:-66.66%;color:var(--ink3);font-weight:400;text-align:left;white-space:normal}
tbody td.num{text-align:right}
tbody td:empty{display:none}
.lines tbody .n,.lines tbody .n:first-child{float:left;padding:.1rem .6rem .1rem 0}
.lines tbody .d,.lines tbody .d:first-child{width:auto;padding-left:0;font-weight:600}
.lines tbody .n::before,.lines tbody .d::before{content:none}
.lines tbody .notes{font-weight:400}
.iban{white-space:normal}
}`;

const PRINT = `
@page{size:A4;margin:13mm 12mm 15mm}
@page{@bottom-right{content:counter(page) ' / ' counter(pages);font:8pt sans-serif;color:#625c4c}}
@media print{
html{font-size:11.5px}
body{padding:0;background:#fff}
.sheet{max-width:none;padding:0;border:0}
.parties{padding:.8rem 0 .4rem}
.part{margin-top:1.1rem}
.part>*+*{margin-top:.5rem}
th,td{padding-top:.27rem;padding-bottom:.27rem}
footer{margin-top:1.25rem}
a{color:inherit;text-decoration:none}
thead{display:table-header-group}
tr,.party,.totals,.cause,.grand,dl.pairs>div{break-inside:avoid}
h1,h2,h3,h4,caption{break-after:avoid}
nav+article{margin-top:2.5rem}
article+article{break-before:page;margin-top:0;padding-top:0;border-top:0}
.cause,.grand{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}`;

/** The page's whole style sheet: nothing is loaded. */
export const STYLE = [COLOURS, PAGE, PARTS, TABLES, NARROW, PRINT].join('').replace(/\n/g, '');
