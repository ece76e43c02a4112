// What a package is made of before its process is compiled: what the checks across its files look at.
import type { Model } from '#engine/model.ts';
import type { DmnModel } from '#rules/dmn/model.ts';
import type { ServicePackage } from './types.ts';

export type Parts = Omit<ServicePackage, 'process' | 'template'> & {
  readonly model: Model;
  readonly template: string | undefined;
  readonly dmn: readonly { readonly file: string; readonly model: DmnModel }[];
};
