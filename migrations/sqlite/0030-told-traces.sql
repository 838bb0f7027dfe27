-- A trace of this rule told a service of which kind a person is not. None is left any more, and none may be read.

DELETE FROM traces WHERE rule = 'person/told-on-page';
