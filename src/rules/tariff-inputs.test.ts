// What a decision must be given: each missing or wrong field by its path and type, and nothing where all is there.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonObject } from '#base/json.ts';
import { readDmn } from './dmn/read.ts';
import { inputFaults } from './tariff-inputs.ts';

const MODEL = readDmn(`<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="urn:d">
  <itemDefinition name="tUse"><typeRef>string</typeRef><allowedValues><text>"home","shop"</text></allowedValues></itemDefinition>
  <itemDefinition name="tRoom"><itemComponent name="area"><typeRef>number</typeRef></itemComponent></itemDefinition>
  <itemDefinition name="tPlot">
    <itemComponent name="area"><typeRef>number</typeRef></itemComponent><itemComponent name="use"><typeRef>tUse</typeRef></itemComponent>
    <itemComponent name="years" isCollection="true"><typeRef>number</typeRef></itemComponent>
    <itemComponent name="rooms" isCollection="true"><typeRef>tRoom</typeRef></itemComponent>
    <itemComponent name="owner"><itemComponent name="local"><typeRef>boolean</typeRef></itemComponent></itemComponent>
  </itemDefinition>
  <inputData id="a" name="plot"><variable name="plot" typeRef="tPlot"/></inputData>
  <inputData id="b" name="note"><variable name="note"/></inputData>
  <inputData id="c" name="bag"><variable name="bag" typeRef="context"/></inputData>
</definitions>`);

function faults(given: JsonObject, inputs: readonly string[] = ['plot']): readonly string[] {
  return inputFaults([MODEL], inputs, given).map((one) => {
    assert.ok(one.reason.fa.includes(one.place) && one.mend.fa !== '' && one.mend.en !== '');
    return `${one.code} ${one.place}: ${/\(([^)]*)\)/.exec(one.reason.en)?.[1] ?? one.reason.en}`;
  });
}

const PLOT = { area: 100, use: 'home', years: [1404], rooms: [{ area: 12 }], owner: { local: true } };

test('all there is nothing to say; null is a value', () => {
  assert.deepEqual(faults({ plot: PLOT }), []);
  assert.deepEqual(faults({ plot: { ...PLOT, area: null, years: [], owner: null } }), []);
  assert.deepEqual(faults({ note: 'x', bag: {} }, ['note', 'bag']), []);
});

test('what is missing is named leaf by leaf, with its type', () => {
  assert.deepEqual(faults({}), [
    'input-missing plot.area: number',
    'input-missing plot.use: string',
    'input-missing plot.years: list of number',
    'input-missing plot.rooms: list of context',
    'input-missing plot.owner.local: boolean',
  ]);
  assert.deepEqual(faults({}, ['note', 'bag', 'elsewhere']), [
    'input-missing note: any value',
    'input-missing bag: context',
    'input-missing elsewhere: any value',
  ]);
});

test('what is of another type is named with what it is', () => {
  assert.deepEqual(faults({ plot: 5 }), ['input-type plot: “plot” must be a context, not 5.']);
  assert.deepEqual(faults({ plot: { ...PLOT, area: '100', years: 1404 } }), [
    'input-type plot.area: “plot.area” must be a number, not "100".',
    'input-type plot.years: “plot.years” must be a list of number, not 1404.',
  ]);
  assert.deepEqual(faults({ plot: { ...PLOT, years: [1404, 'x'], rooms: [{}, { area: 1 }] } }), [
    'input-type plot.years[1]: “plot.years[1]” must be a number, not "x".',
    'input-missing plot.rooms[0].area: number',
  ]);
  assert.deepEqual(faults({ plot: { ...PLOT, use: 'castle' } }), [
    'input-not-allowed plot.use: "castle" is no allowed value of “plot.use”.',
  ]);
});
