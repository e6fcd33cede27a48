/// The page at `/`: echo, ticks and a request, live, by relative addresses only.
///
/// One file without outside resources, so that it works wherever the proxy is.
enum DemoPage {
    static let html = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>wsorigin</title>
        <link rel="icon" href="data:,">
        <style>\(style)</style>
        </head>
        <body>
        \(content)
        <script>\(DemoPageScript.text)</script>
        </body>
        </html>

        """

    private static let style = """
        :root {
          color-scheme: light dark;
          --page: light-dark(#f7f7f5, #17181a);
          --card: light-dark(#ffffff, #1f2124);
          --line: light-dark(#e0e0dc, #34373b);
          --text: light-dark(#1d1f21, #e6e6e3);
          --quiet: light-dark(#62666b, #9a9ea4);
          --accent: light-dark(#0b6b57, #5cc9ae);
          --on-accent: light-dark(#ffffff, #10201c);
          --fault: light-dark(#a3341f, #f0917d);
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; padding: clamp(1.25rem, 5vw, 3.5rem) 1.25rem; background: var(--page);
          color: var(--text); font: 16px/1.5 system-ui, sans-serif;
        }
        main, header, footer { max-width: 62rem; margin-inline: auto; }
        h1 { font-size: 1.5rem; font-weight: 650; margin: 0 0 .25rem; letter-spacing: -.01em; }
        header p, footer { color: var(--quiet); }
        header p { margin: 0; }
        main {
          display: grid; gap: 1.25rem; margin-block: 2rem;
          grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr));
        }
        section {
          background: var(--card); border: 1px solid var(--line); border-radius: 10px;
          padding: 1.1rem 1.2rem 1.2rem; display: flex; flex-direction: column; min-width: 0;
        }
        h2 { font-size: 1rem; margin: 0; display: flex; justify-content: space-between; gap: .5rem; }
        .state { font-weight: 400; font-size: .85rem; color: var(--quiet); }
        .state::before { content: "●"; margin-right: .4em; color: var(--line); }
        .state[data-is="open"]::before { color: var(--accent); }
        .state[data-is="fault"]::before { color: var(--fault); }
        section > p { margin: .35rem 0 .9rem; color: var(--quiet); font-size: .9rem; }
        form { display: flex; gap: .5rem; margin-bottom: .8rem; }
        input {
          flex: 1; min-width: 0; font: inherit; color: inherit; background: var(--page);
          border: 1px solid var(--line); border-radius: 6px; padding: .4rem .6rem;
        }
        button {
          font: inherit; padding: .4rem .9rem; border-radius: 6px; border: 1px solid var(--accent);
          background: var(--accent); color: var(--on-accent); cursor: pointer;
        }
        button:disabled { opacity: .5; cursor: default; }
        :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
        output {
          display: block; height: 15rem; overflow: auto; background: var(--page);
          border: 1px solid var(--line); border-radius: 6px; padding: .5rem .7rem;
          font: .84rem/1.55 ui-monospace, monospace; white-space: pre-wrap;
          overflow-wrap: anywhere;
        }
        output div + div { margin-top: .1rem; }
        .note { color: var(--quiet); }
        code { font: .9em ui-monospace, monospace; }
        """

    private static let content = """
        <header>
          <h1>wsorigin</h1>
          <p>All three panels speak to this page's own address: if that is wsproxy, through wsproxy.</p>
        </header>
        <main>
          <section aria-labelledby="echo-title">
            <h2 id="echo-title">WebSocket echo <span class="state" id="echo-state">connecting</span></h2>
            <p><code>/ws/echo</code> sends every message back.</p>
            <form id="echo-form">
              <input id="echo-text" aria-label="Message" value="hello" autocomplete="off">
              <button disabled>Send</button>
            </form>
            <output id="echo-log" tabindex="0" aria-label="Messages"></output>
          </section>
          <section aria-labelledby="tick-title">
            <h2 id="tick-title">Server-sent events <span class="state" id="tick-state">connecting</span></h2>
            <p><code>/sse</code> ticks; after a break it goes on where it stopped.</p>
            <output id="tick-log" tabindex="0" aria-label="Events"></output>
          </section>
          <section aria-labelledby="fetch-title">
            <h2 id="fetch-title">HTTP <span class="state" id="fetch-state">ready</span></h2>
            <p><code>/echo</code> answers with the request as it arrived.</p>
            <form id="fetch-form">
              <input id="fetch-text" aria-label="Body" value="a body" autocomplete="off">
              <button>Post</button>
            </form>
            <output id="fetch-log" tabindex="0" aria-label="Answer"></output>
          </section>
        </main>
        <footer>Times are this browser's; round trips are in milliseconds.</footer>
        """
}
