import { uwsgiServer } from '../uwsgi/uwsgi-server.ts';

export const uwsgiDjango = uwsgiServer('uwsgi-django', 'Django');
