// A line to the server that can be cut. A browser told to be offline is not wholly so: its worker is started anew with a navigation, and
// finds the network there.

import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Line {
  #listener;
  #sockets = new Set();

  /** Lays one to a port of this machine. */
  static async to(port) {
    const line = new Line();
    line.#listener = createServer((near) => {
      const far = connect(port, "127.0.0.1");
      for (const [socket, other] of [[near, far], [far, near]]) {
        line.#sockets.add(socket);
        socket.on("error", () => {}).on("close", () => {
          line.#sockets.delete(socket);
          other.destroy();
        });
        socket.pipe(other);
      }
    });
    await line.#listen(0);
    line.port = line.#listener.address().port;
    line.url = `http://127.0.0.1:${line.port}`;
    return line;
  }

  /** Nobody is reached any more, and who was is cut off. */
  async cut() {
    this.#listener.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#listener, "close");
  }

  /** The server is reached again, at the same address. */
  mend() {
    return this.#listen(this.port);
  }

  /** Takes it away, cut or not. */
  async remove() {
    if (this.#listener.listening) await this.cut();
  }

  async #listen(port) {
    this.#listener.listen(port, "127.0.0.1");
    await once(this.#listener, "listening");
  }
}
