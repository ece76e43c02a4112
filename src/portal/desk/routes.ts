// Pages for those who work cases.
import type { FastifyInstance } from 'fastify';
import type { Road } from '#work/road.ts';

export function deskRoutes(_server: FastifyInstance, _road: Road): void {}
