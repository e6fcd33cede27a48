/// The script of the demonstration page.
enum DemoPageScript {
    static let text = #"""
        'use strict';
        const $ = id => document.getElementById(id);
        const show = (id, is, text) => { $(id).dataset.is = is; $(id).textContent = text; };
        const log = (id, text, kind) => {
          const box = $(id), line = document.createElement('div');
          line.textContent = text;
          if (kind) line.className = kind;
          const follows = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
          box.append(line);
          while (box.childElementCount > 200) box.firstElementChild.remove();
          if (follows) box.scrollTop = box.scrollHeight;
        };
        const clock = () => new Date().toTimeString().slice(0, 8);

        let socket, sent = [], pause = 500;
        const connect = () => {
          const address = new URL('ws/echo', location.href);
          address.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
          socket = new WebSocket(address);
          sent = [];
          const button = $('echo-form').querySelector('button');
          socket.onopen = () => {
            pause = 500;
            show('echo-state', 'open', 'open');
            button.disabled = false;
            say('hello');
          };
          socket.onmessage = event => {
            const start = sent.shift();
            const took = start === undefined ? '' : `  ${(performance.now() - start).toFixed(1)} ms`;
            log('echo-log', `← ${event.data}${took}`);
          };
          socket.onclose = event => {
            show('echo-state', 'fault', `closed ${event.code}`);
            button.disabled = true;
            log('echo-log', `closed with ${event.code}; trying again`, 'note');
            setTimeout(connect, pause);
            pause = Math.min(pause * 2, 8000);
          };
        };
        const say = text => {
          sent.push(performance.now());
          socket.send(text);
          log('echo-log', `→ ${text}`, 'note');
        };
        $('echo-form').onsubmit = event => {
          event.preventDefault();
          if (socket.readyState === WebSocket.OPEN) say($('echo-text').value);
          $('echo-text').select();
        };
        connect();

        const ticks = new EventSource('sse');
        ticks.onopen = () => show('tick-state', 'open', 'open');
        ticks.onerror = () => show('tick-state', 'fault', 'reconnecting');
        ticks.addEventListener('tick', event =>
          log('tick-log', `${clock()}  id ${event.lastEventId}  ${event.data}`));

        $('fetch-form').onsubmit = async event => {
          event.preventDefault();
          const start = performance.now();
          $('fetch-log').replaceChildren();
          try {
            const answer = await fetch('echo', { method: 'POST', body: $('fetch-text').value });
            const took = (performance.now() - start).toFixed(1);
            show('fetch-state', answer.ok ? 'open' : 'fault', `${answer.status} in ${took} ms`);
            const text = await answer.text();
            let shown = text;
            try {
              const request = JSON.parse(text);
              const fields = request.headers.map(([name, value]) => `${name}: ${value}`);
              shown = `${request.method} ${request.target} ${request.version}\n`
                + fields.join('\n') + `\n\n${request.body}`;
            } catch { /* an error page of the proxy is shown as it is */ }
            log('fetch-log', shown);
          } catch (error) {
            show('fetch-state', 'fault', 'failed');
            log('fetch-log', String(error), 'note');
          }
        };
        $('fetch-form').requestSubmit();
        """#
}
