import { createHash } from 'node:crypto';

/** The most tiles of a scale that stand in one row, on a wide screen. */
const mostInRow = 11;

/** A scale fits a wide screen in one row; on a phone more than six make two rows of about the same length. */
function rowsOf(count: number): string {
  const narrow = count <= 6 ? count : Math.min(6, Math.ceil(count / 2));
  return `.of-${count}{--narrow:${narrow};--wide:${Math.min(count, mostInRow)}}`;
}

const rows = Array.from({ length: mostInRow }, (_, index) => rowsOf(index + 1)).join('\n');

/** Tiles are as many as there are numbers; what is beyond that goes on in further rows. */
export function rowClass(count: number): string {
  return `of-${Math.min(count, mostInRow)}`;
}

/** The whole style of Belay's pages: nothing is fetched. Everything one can press is at least 44 px high and wide. */
export const style = `
:root{color-scheme:light dark;
--ground:#eef2f7;--sheet:#fff;--ink:#152033;--quiet:#52607a;--line:#d9e0ea;--edge:#7d899c;
--accent:#1d55c4;--on-accent:#fff;--soft:#edf3ff;--wrong:#a3260b;--wrong-soft:#fdf0ec;--focus:#152033}
@media (prefers-color-scheme:dark){:root{
--ground:#0d131d;--sheet:#182131;--ink:#e9eff8;--quiet:#aab6c8;--line:#2b374b;--edge:#7c8aa1;
--accent:#8fb6ff;--on-accent:#0a1730;--soft:#22304a;--wrong:#ffab94;--wrong-soft:#3a211c;--focus:#fff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100svh;display:flex;flex-direction:column;background:var(--ground);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif;overflow-wrap:anywhere}
main,footer{width:100%;max-width:42rem;margin:0 auto}
main{background:var(--sheet);padding:1.5rem 1rem 2rem;border-top:4px solid var(--accent)}
footer{padding:1.25rem 1rem 2rem;color:var(--quiet);font-size:.875rem}
footer p{margin:0 0 .25rem}
h1,h2{line-height:1.25;margin:0 0 .75rem;text-wrap:balance}
h1{font-size:1.5rem;letter-spacing:-.01em}
h2{font-size:1.125rem}
p,h1,h2,legend,label,dd,dt,blockquote,figcaption{white-space:pre-line}
p{margin:0 0 .75rem}
.quiet{color:var(--quiet);font-size:.9375rem}
a{color:var(--accent);text-underline-offset:.2em}
.switch{display:inline-flex;align-items:center;min-height:2.75rem}
.quote{margin:0 0 .75rem;padding:.75rem 1rem;border-left:4px solid var(--accent);border-radius:.25rem;background:var(--soft)}
.quote blockquote{margin:0}
.quote figcaption{color:var(--quiet);font-size:.875rem;margin-top:.25rem}
dl{margin:0 0 .75rem}
.facts div{display:flex;flex-wrap:wrap;gap:0 1rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.facts div:last-child{border-bottom:0}
dt{color:var(--quiet)}
.facts dt{flex:1 1 10rem}
dd{margin:0}
.facts dd{flex:2 1 14rem;font-weight:600}
.figures{display:flex;flex-wrap:wrap;gap:.75rem}
.figures div{flex:1 1 8rem;display:flex;flex-direction:column-reverse;padding:.75rem 1rem;border-radius:.75rem;background:var(--soft)}
.figures dd{font-size:1.75rem;font-weight:700;line-height:1.2}
.figures dt{font-size:.875rem}
hr{border:0;border-top:1px solid var(--line);margin:1.25rem 0}
.buttons{display:flex;flex-wrap:wrap;gap:.75rem;margin:0 0 .75rem}
form{margin-top:1.5rem}
fieldset{border:0;margin:0;padding:0;min-width:0}
.field{margin:0 0 1.75rem}
legend,.label{display:block;padding:0;margin:0 0 .625rem;font-weight:600;font-size:1.0625rem;line-height:1.4}
.optional{font-weight:400;color:var(--quiet)}
.hint{color:var(--quiet);font-size:.9375rem;margin:0 0 .5rem}
.wrong{display:flex;gap:.625rem;margin:0 0 .75rem;padding:.625rem .875rem;border-radius:.5rem;
background:var(--wrong-soft);color:var(--wrong);font-weight:600}
.wrong::before{content:"!" / "";flex:none;width:1.375rem;height:1.375rem;margin-top:.0625rem;border-radius:50%;
background:var(--wrong);color:var(--sheet);font-weight:700;line-height:1.375rem;text-align:center}
.tiles{display:grid;grid-template-columns:repeat(var(--narrow),minmax(0,1fr));gap:.25rem}
.ends{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1.5rem;margin:.5rem 0 0;color:var(--quiet);font-size:.9375rem}
.choices{display:grid;gap:.5rem}
.tile,.choice{position:relative;display:flex;align-items:center;min-height:3.25rem;min-width:44px}
.tile{justify-content:center;font-size:1.125rem;font-weight:600;font-variant-numeric:tabular-nums}
.choice{padding:.625rem 1rem .625rem 3rem}
input[type=radio]{appearance:none;-webkit-appearance:none;position:absolute;inset:0;width:100%;height:100%;margin:0;cursor:pointer;
border:1.5px solid var(--edge);border-radius:.625rem;background:var(--sheet)}
input[type=radio]+*{position:relative;pointer-events:none}
input[type=radio]:hover{background:var(--soft);border-color:var(--accent)}
input[type=radio]:checked{background:var(--accent);border-color:var(--accent)}
input[type=radio]:checked+*{color:var(--on-accent);font-weight:700}
.tile input:checked+*{transform:translateY(-.375rem)}
.tile input:checked+*::after{content:"✓" / "";position:absolute;left:50%;top:100%;transform:translate(-50%,-.25rem);font-size:.875rem;line-height:1}
.choice input+*::before{content:"" / "";position:absolute;left:-2rem;top:.125rem;width:1.25rem;height:1.25rem;border:1.5px solid var(--edge);
border-radius:50%;text-align:center;line-height:1.125rem;font-size:.875rem}
.choice input:checked+*::before{content:"✓" / "";border-color:currentColor}
input[type=text],textarea{display:block;width:100%;min-height:3rem;padding:.625rem .875rem;font:inherit;color:var(--ink);
background:var(--sheet);border:1.5px solid var(--edge);border-radius:.625rem}
textarea{min-height:7.5rem;resize:vertical}
::placeholder{color:var(--quiet);opacity:1}
[aria-invalid]{border-color:var(--wrong)}
.button{display:inline-flex;align-items:center;justify-content:center;min-height:3.25rem;min-width:44px;padding:.5rem 1.75rem;font:inherit;font-weight:600;
font-size:1.0625rem;text-decoration:none;border:1.5px solid var(--accent);border-radius:.75rem;background:var(--accent);color:var(--on-accent);cursor:pointer}
.button:hover{filter:brightness(1.08)}
form .button{width:100%}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px}
.tile:focus-within,.choice:focus-within{z-index:1}
section+section{margin-top:1.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
@media (min-width:42rem){
body{padding:3rem 1rem 0}
main{padding:2.25rem 2.5rem 2.5rem;border-radius:.25rem .25rem 1rem 1rem;box-shadow:0 1px 2px rgb(15 30 60/.08),0 12px 32px rgb(15 30 60/.08)}
footer{padding:1.25rem 2.5rem 2.5rem}
h1{font-size:1.75rem}
form .button{width:auto;min-width:12rem}
.tiles{grid-template-columns:repeat(var(--wide),minmax(0,1fr))}
.of-1 .tiles,.of-2 .tiles,.of-3 .tiles,.of-4 .tiles,.of-5 .tiles{max-width:24rem}
}
@media print{
@page{margin:2cm}
:root{color-scheme:light;--ground:#fff;--sheet:#fff;--ink:#000;--quiet:#444;--line:#bbb;--edge:#666;--accent:#1d55c4;--soft:#fff}
body{display:block;padding:0;font-size:11pt}
main,footer{max-width:none;padding:0;border:0;border-radius:0;box-shadow:none}
h1{font-size:20pt}
h2{font-size:14pt;break-after:avoid}
hr{margin:1rem 0;break-after:avoid}
.quote{padding:0 0 0 .75rem;border-radius:0;font-weight:600;break-inside:avoid;break-after:avoid}
.facts{break-inside:avoid;margin-bottom:1.25rem}
.facts div{border:0;padding:.125rem 0}
.facts dd{font-weight:400}
form,.buttons,.switch,footer{display:none}
}
@media (forced-colors:active){
input[type=radio]:checked{background:Highlight;forced-color-adjust:none}
input[type=radio]:checked+*{color:HighlightText;forced-color-adjust:none}
.button{border-color:ButtonText}
}
${rows}
`;

/** What such a page may do in a browser: have this style and send its own form. No script, no frame, nothing fetched. */
export const policy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');
