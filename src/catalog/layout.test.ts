// The diagrams of the services open in a modeler: every element drawn once, inside its subprocess, flows touching what they join.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { childOf, childrenOf, parseXml } from '#rules/dmn/xml.ts';
import type { Element } from '#rules/dmn/xml.ts';

const SERVICES = join(import.meta.dirname, '..', '..', 'services');

type Point = { readonly x: number; readonly y: number };
type Bounds = Point & { readonly width: number; readonly height: number };

function point({ attributes }: Element): Point {
  return { x: Number(attributes['x']), y: Number(attributes['y']) };
}

function touches({ x, y, width, height }: Bounds, at: Point): boolean {
  return at.x >= x - 1 && at.x <= x + width + 1 && at.y >= y - 1 && at.y <= y + height + 1;
}

function overlap(a: Bounds, b: Bounds): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

type Drawn = {
  readonly element: Element;
  readonly scope: Element;
  readonly bounds: Bounds | undefined;
  readonly points: readonly Point[];
};

/** Every flow element of the process by id, with the scope it stands in and how the diagram draws it. */
function readDiagram(xml: string): { readonly drawn: ReadonlyMap<string, Drawn>; readonly shapes: readonly string[] } {
  const { root, faults } = parseXml(xml);
  assert.deepEqual(faults, []);
  const process = childOf(root!, 'process')!;
  const plane = childOf(childOf(root!, 'BPMNDiagram')!, 'BPMNPlane')!;
  const shapes = new Map(plane.children.map((one) => [one.attributes['bpmnElement'] ?? '', one]));
  const all = (scope: Element): readonly (readonly [Element, Element])[] =>
    scope.children.flatMap((one) => {
      if (one.attributes['id'] === undefined || one.name.endsWith('Definition')) return [];
      return [[one, scope] as const, ...(one.name === 'subProcess' ? all(one) : [])];
    });
  const drawn = all(process).map(([element, scope]): readonly [string, Drawn] => {
    const shape = shapes.get(element.attributes['id'] ?? '');
    const box = shape && childOf(shape, 'Bounds');
    const bounds = box && { ...point(box), width: Number(box.attributes['width']), height: Number(box.attributes['height']) };
    return [
      element.attributes['id'] ?? '',
      { element, scope, bounds, points: shape ? childrenOf(shape, 'waypoint').map(point) : [] },
    ];
  });
  return { drawn: new Map(drawn), shapes: plane.children.map((one) => one.attributes['bpmnElement'] ?? '') };
}

for (const service of readdirSync(SERVICES)) {
  const { drawn, shapes } = readDiagram(readFileSync(join(SERVICES, service, 'process.bpmn'), 'utf8'));
  const bounds = (id: string | undefined): Bounds => drawn.get(id ?? '')?.bounds ?? assert.fail(`${id} is not drawn`);

  test(`${service}: every element is drawn, and once`, () => {
    assert.deepEqual(shapes.toSorted(), [...drawn.keys()].toSorted());
  });

  test(`${service}: flows run straight from what they leave to what they reach`, () => {
    for (const [id, { element, points }] of drawn) {
      if (element.name !== 'sequenceFlow') continue;
      assert.ok(touches(bounds(element.attributes['sourceRef']), points[0]!), `${id} does not touch its source`);
      assert.ok(touches(bounds(element.attributes['targetRef']), points.at(-1)!), `${id} does not touch its target`);
      for (const [at, { x, y }] of points.slice(1).entries())
        assert.ok(x === points[at]?.x || y === points[at]?.y, `${id} runs askew`);
    }
  });

  test(`${service}: elements stand inside their subprocess, and none lies on another`, () => {
    const standing = [...drawn].filter(([, one]) => one.bounds !== undefined && one.element.name !== 'boundaryEvent');
    for (const [at, [id, one]] of standing.entries()) {
      if (one.scope.name === 'subProcess') {
        const [outer, inner] = [bounds(one.scope.attributes['id']), bounds(id)];
        assert.ok(
          touches(outer, inner) && touches(outer, { x: inner.x + inner.width, y: inner.y + inner.height }),
          `${id} is outside`,
        );
      }
      for (const [otherId, other] of standing.slice(at + 1)) {
        if (one.scope === other.scope) assert.ok(!overlap(bounds(id), bounds(otherId)), `${id} lies on ${otherId}`);
      }
    }
  });

  test(`${service}: boundary events sit on the edge of what they watch`, () => {
    for (const [id, { element }] of drawn) {
      if (element.name !== 'boundaryEvent') continue;
      const [host, event] = [bounds(element.attributes['attachedToRef']), bounds(id)];
      const middle = { x: event.x + event.width / 2, y: event.y + event.height / 2 };
      const isOnEdge = [host.y, host.y + host.height].includes(middle.y) || [host.x, host.x + host.width].includes(middle.x);
      assert.ok(isOnEdge && touches(host, middle), id);
    }
  });
}
