/** The page's own style: no font, picture or script is fetched. Which language is shown, two radio buttons decide. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b2430; --soft: #5b6675; --line: #d9dee5; --accent: #0b5cad; }
body { margin: 0 auto; max-width: 62rem; padding: 1.5rem 1.25rem 4rem; font: 15px/1.5 system-ui, sans-serif; color: var(--ink); }
h1 { font-size: 1.5rem; margin: .5rem 0 0; } h2 { font-size: 1.1rem; margin: 2.2rem 0 .6rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
p { margin: .35rem 0; } code { font: .85em ui-monospace, monospace; overflow-wrap: anywhere; } a { color: var(--accent); }
.soft { color: var(--soft); font-size: .9rem; } .status { font-size: 1.05rem; font-weight: 600; }
.note { background: #fff7e0; border: 1px solid #ecd9a0; border-radius: .4rem; padding: .6rem .8rem; margin: 1rem 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: .6rem 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
ol.events { list-style: none; padding: 0; margin: 0; } ol.events > li { border-left: 3px solid var(--line); padding: .1rem 0 .9rem 1rem; }
ol.events h3 { font-size: 1rem; margin: 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; } th, td { text-align: left; vertical-align: top; padding: .35rem .6rem .35rem 0; border-bottom: 1px solid var(--line); }
.languages { text-align: right; font-size: .9rem; } .languages label { margin-left: .6rem; }
body:has(#en:checked) .it, body:has(#it:checked) .en { display: none; }
@supports not selector(:has(*)) { .it + .en::before { content: ' / '; } }
@media print { .languages { display: none; } body { max-width: none; } }
`;
