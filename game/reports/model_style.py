"""The look of the model page, beside what all pages share (page.py)."""

STYLE = """
h3 { margin: 1.6rem 0 .4rem; } h4 { margin: 0 0 .2rem; font-size: 1.02rem; } h5 { margin: .2rem 0; font-size: .9rem; }
a { color: #7c2d1c; text-decoration-color: #d9b9a3; text-underline-offset: 2px; }
nav { border: 1px solid var(--line); padding: .5rem .8rem; line-height: 1.9; }
code { font: .82em ui-monospace, Consolas, "DejaVu Sans Mono", monospace; color: var(--soft); }
code.formula { display: block; margin: .3rem 0 0; white-space: normal; overflow-wrap: anywhere; }
code a { color: inherit; }
.var { border-left: 3px solid var(--line); padding: .1rem 0 .1rem .8rem; margin: 1rem 0; }
.var:target, tr:target { background: #f6e8c4; border-left-color: #9c3a26; }
.var p { margin: .25rem 0; } .var dl { margin: .2rem 0; }
.var dt { font-weight: bold; font-size: .92rem; margin-top: .3rem; }
.var dd { margin: 0 0 .2rem 1rem; font-size: .95rem; }
.facts, .around, .var .soft { font-size: .88rem; } .facts { color: var(--soft); }
.made { background: #f7efd9; padding: .4rem .7rem; margin: .35rem 0; }
.words { line-height: 1.75; }
.points { color: var(--soft); font-size: .8rem; }
svg.spark { display: inline-block; vertical-align: middle; background: #fffdf5; border: 1px solid var(--line); }
.kind, .sure { font: .78rem Georgia, serif; padding: .05rem .4rem; border: 1px solid var(--line); border-radius: .6rem;
               color: var(--ink); white-space: nowrap; }
.kind.stock, .swatch.stock { background: #f1dfb4; } .kind.driver { background: #dfe9ee; }
.kind.lever { background: #f3d3c6; } .kind.flag { background: #ece6f2; } .sure.judged { border: 1px dashed #9c3a26; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; } .key { white-space: nowrap; }
.swatch { display: inline-block; width: 1rem; height: .8rem; border: 1px solid #7a6a52; margin-right: .4rem; }
figure { margin: 1rem 0 1.6rem; break-inside: avoid; } figcaption { font-size: .88rem; }
svg.causes text { font: 12.5px Georgia, serif; } svg.causes text.small { font-size: 11px; }
svg.causes text.sign { font: bold 15px Georgia, serif; stroke: var(--paper); stroke-width: 3px; paint-order: stroke; }
svg.causes a { text-decoration: none; } svg.causes a:hover rect { stroke-width: 2.5; }
svg.heads { position: absolute; }
.drive { break-inside: avoid; } .two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 2rem; }
table.bars { width: 100%; margin: .2rem 0; } .bars td { border: 0; padding: .1rem .4rem .1rem 0; }
.bars td.n { white-space: nowrap; width: 3.6rem; }
.barcell { width: 28%; } .bar { display: block; height: .7rem; margin-top: .35rem; background: #c9a86a; }
table.constants td { font-size: .85rem; }
@media (max-width: 46rem) { .two { grid-template-columns: 1fr; } }
@media print { html { font-size: 10px; } body { font-size: 10px; line-height: 1.35; } nav { display: none; }
               h3, h4, h5, dt, h4 + p, h4 + p + .facts, h2 + .soft { break-after: avoid; }
               .made, .words { break-inside: avoid; }
               .words { line-height: 1.4; }
               .var { margin: .6rem 0; } a { color: inherit; text-decoration: none; }
               svg.causes { max-height: 21cm; } svg.spark { height: 22px; width: 54px; } }
"""
