// Signed questions of the city to others, by the rules of its own door: what the adapter of signed connectors needs of the pure room.
import type { Json } from '#base/json.ts';
import { contractName, judgeAnswer, readQuestion, signQuestion } from '#proofs/http-exchange.ts';
import { jwkThumbprint, readPublicJwk } from '#proofs/http-key.ts';
import type { Signing } from '#outside/connectors/signed-rest.ts';
import type { PartnerPort } from '#work/ports.ts';

export function outsideSigning({ signer, verifier }: Pick<PartnerPort, 'signer' | 'verifier'>): Signing {
  return {
    sign: (question, agreement, terms) => signQuestion(question, contractName(agreement), signer, terms),
    async judge(answer, request, keys) {
      const question = readQuestion(request);
      if (!question) return 'unbound';
      const known = keys.flatMap((one: Json) => readPublicJwk(one) ?? []);
      const judged = await judgeAnswer(answer, question, (keyid) => {
        const jwk = known.find((one) => jwkThumbprint(one) === keyid);
        return jwk && verifier(jwk);
      });
      if (judged.ok) return undefined;
      return judged.faults.every(({ fault }) => fault === 'question-differs' || fault === 'contract-differs')
        ? 'unbound'
        : 'unsigned';
    },
  };
}
