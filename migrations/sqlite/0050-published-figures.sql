-- Public figures of each month, as they were given out: counted once, signed, and never changed. A correction is another edition beside what it corrects.

CREATE TABLE published_figures (
  month text NOT NULL,
  edition integer NOT NULL,
  published_at integer NOT NULL,
  digest text NOT NULL,
  document text NOT NULL,
  signature text NOT NULL,
  PRIMARY KEY (month, edition)
) STRICT;

CREATE TRIGGER published_figures_insert BEFORE INSERT ON published_figures
WHEN EXISTS (SELECT 1 FROM published_figures WHERE month = NEW.month AND edition = NEW.edition)
BEGIN SELECT RAISE(ABORT, 'published_figures is append-only'); END;
CREATE TRIGGER published_figures_update BEFORE UPDATE ON published_figures
BEGIN SELECT RAISE(ABORT, 'published_figures is append-only'); END;
CREATE TRIGGER published_figures_delete BEFORE DELETE ON published_figures
BEGIN SELECT RAISE(ABORT, 'published_figures is append-only'); END;
