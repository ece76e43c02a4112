// A tariff as cities have them: 24 rules of use, area and district, with a rate, a share and a citation; as DMN, and as plain cells.

const USES = ['"residential"', '"commercial"', '"office", "institution"', '"industrial", "storage"'];
const AREAS = ['<= 75.5', '(75.5..150]', '> 150'];
const DISTRICTS = ['[1..6]', 'not([1..6])'];

export type Rule = { readonly tests: readonly string[]; readonly results: readonly string[] };
export const INPUTS = ['property.use', 'property.builtArea', 'district'];
export const OUTPUTS = ['rate', 'share', 'citation'];
export const RULES: readonly Rule[] = USES.flatMap((use, u) =>
  AREAS.flatMap((area, a) =>
    DISTRICTS.map((district, d) => ({
      tests: [use, area, district],
      results: [`${0.0125 + 0.0025 * u}`, `0.${4 + a}${5 * d}`, `"Tariff 1405, item ${u + 1}.${a + 1}.${d + 1}"`],
    })),
  ),
);

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** The decision `tariff`, unique hit. */
export function tariffDmn(): string {
  const entry = (kind: string, text: string): string => `<${kind}><text>${escaped(text)}</text></${kind}>`;
  const rules = RULES.map(
    ({ tests, results }, at) =>
      `<rule id="r${at + 1}">${tests.map((text) => entry('inputEntry', text)).join('')}${results.map((text) => entry('outputEntry', text)).join('')}</rule>`,
  );
  const inputs = INPUTS.map((text, at) => `<input id="i${at}"><inputExpression><text>${text}</text></inputExpression></input>`);
  const outputs = OUTPUTS.map((name, at) => `<output id="o${at}" name="${name}"/>`);
  const needs = ['property', 'district'];
  return `<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="tariff" namespace="https://dargah.city/bench">
${needs.map((name) => `<inputData id="in_${name}" name="${name}"><variable name="${name}"/></inputData>`).join('')}
<decision id="tariff" name="tariff"><variable name="tariff"/>${needs.map((name) => `<informationRequirement><requiredInput href="#in_${name}"/></informationRequirement>`).join('')}
<decisionTable hitPolicy="UNIQUE">${inputs.join('')}${outputs.join('')}${rules.join('')}</decisionTable></decision></definitions>`;
}

/** Cases over the whole table: uses, areas and districts in turn. */
export const TARIFF_CASES = ['residential', 'commercial', 'institution', 'storage'].flatMap((use, u) =>
  [60, 75.5, 120.25, 900].map((builtArea, a) => ({
    property: { use, builtArea, landArea: 240 },
    district: 1 + ((5 * u + 3 * a) % 22),
  })),
);
