// The port to systems of other organisations: each connector by its adapter, at its configured address and no other.
import type { ConnectorPort, OutsideAnswer, OutsideQuestion } from '#work/ports.ts';
import { fault } from './call.ts';
import { askGsb } from './gsb.ts';
import { askSignedRest } from './signed-rest.ts';
import type { Signing } from './signed-rest.ts';
import { askXRoad } from './x-road.ts';

export type ConnectorOptions = {
  /** The portal's own, under which the demo's simulators stand. */
  readonly origin: string;
  /** Simulators and unencrypted ways are for tests and the demo. */
  readonly production: boolean;
  readonly secret: (name: string) => string | undefined;
  readonly signing: Signing;
  /** An adapter that throws is a bug: told here, and for its question a fault like any other. */
  readonly report: (error: unknown) => void;
};

export function openConnectors({ origin, production, secret, signing, report }: ConnectorOptions): ConnectorPort {
  return {
    async ask(asked) {
      const url = asked.connector.url.replace('{origin}', origin);
      if (!isAllowed(url) || (production && (asked.connector.sample || !url.startsWith('https:'))))
        return fault('not-configured');
      try {
        return await byAdapter({ ...asked, connector: { ...asked.connector, url } });
      } catch (error) {
        report(error);
        return fault('malformed');
      }
    },
  };

  function byAdapter(asked: OutsideQuestion): Promise<OutsideAnswer> {
    const { connector } = asked;
    switch (connector.adapter) {
      case 'signed-rest':
        return askSignedRest({ ...asked, connector }, signing);
      case 'x-road':
        return askXRoad({ ...asked, connector });
      case 'gsb':
        return askGsb({ ...asked, connector }, secret);
    }
  }
}

function isAllowed(url: string): boolean {
  return URL.canParse(url) && ['http:', 'https:'].includes(new URL(url).protocol) && new URL(url).username === '';
}
